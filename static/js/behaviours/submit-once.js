// A form is sent once: while it travels, its buttons say so and do nothing.
// Hook: every POST form, unless data-submit-many. The server stays the judge (idempotency token).
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || "submitMany" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  setTimeout(() => {
    if (event.defaultPrevented) return;
    form.dataset.sent = "1";
    for (const button of form.querySelectorAll("button[type=submit], button:not([type])")) button.setAttribute("aria-disabled", "true");
  });
  setTimeout(() => release(form), 15000);
});
const release = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
};
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});
