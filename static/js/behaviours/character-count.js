// Says how many characters remain, politely, once typing rests.
// Hook: <textarea data-count="2000" data-count-left="{n} characters left" data-count-over="{n} characters too many">
for (const field of document.querySelectorAll("[data-count-left]")) {
  const limit = Number(field.dataset.count);
  const note = document.createElement("p");
  const spoken = document.createElement("p");
  note.className = "char-count";
  note.setAttribute("aria-hidden", "true");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  field.after(note, spoken);
  let rest;
  const tell = () => {
    const left = limit - [...field.value].length;
    const text = left < 0 ? field.dataset.countOver : field.dataset.countLeft;
    note.textContent = text.replace("{n}", Math.abs(left));
    note.classList.toggle("is-over", left < 0);
    clearTimeout(rest);
    rest = setTimeout(() => { spoken.textContent = note.textContent; }, 1000);
  };
  field.addEventListener("input", tell);
  tell();
}
