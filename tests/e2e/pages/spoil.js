// Types a word in the first text field of a form of the page, empties what is required, sends. Gives what was typed.
(place) => {
  const form = [...document.querySelectorAll("main form")].filter((one) => one.method === "post")[place];
  const fields = [...form.elements].filter((one) => one.name && !["hidden", "submit"].includes(one.type));
  const words = fields.filter((one) => ["text", "email", "textarea"].includes(one.type));
  const needed = fields.filter((one) => one.required);
  for (const field of needed) {
    if (["radio", "checkbox"].includes(field.type)) field.checked = false;
    else field.value = "";
  }
  const typed = {};
  if (words.length && needed.some((one) => one.name !== words[0].name)) {
    words[0].value = "Un mot";
    typed[words[0].name] = "Un mot";
  }
  form.noValidate = true;
  form.requestSubmit(form.querySelector("button[type=submit], button:not([type])"));
  return typed;
}
