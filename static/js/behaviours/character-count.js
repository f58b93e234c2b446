// How many characters remain, said once they run short (the last quarter). Hook: <textarea data-count="300" data-count-left="{n} …" data-count-over="{n} …">.
for (const field of document.querySelectorAll("[data-count-left]")) {
  const limit = Number(field.dataset.count);
  const note = document.createElement("p");
  const spoken = document.createElement("p");
  note.className = "char-count";
  note.setAttribute("aria-hidden", "true");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  field.parentElement.append(note, spoken);
  let rest;
  const tell = () => {
    const left = limit - [...field.value].length;
    const text = left < 0 ? field.dataset.countOver : field.dataset.countLeft;
    note.hidden = left > limit / 4;
    note.textContent = note.hidden ? "" : text.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    note.classList.toggle("is-over", left < 0);
    clearTimeout(rest);
    rest = setTimeout(() => { spoken.textContent = note.textContent; }, 1000);
  };
  field.addEventListener("input", tell);
  tell();
}
