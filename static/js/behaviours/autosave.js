// Keeps what is being written in a long text in this browser, until the server has it.
// Hook: <textarea data-autosave="key" data-autosave-offer="…" data-autosave-take="…" data-autosave-drop="…">
// The key names the object, the field and the version; a kept text is offered, never put in unasked.
const PREFIX = "reseau-draft:";
const store = (() => {
  try { localStorage.setItem(PREFIX, ""); localStorage.removeItem(PREFIX); return localStorage; } catch { return null; }
})();
const WEEKS = 4 * 7 * 24 * 3600 * 1000;
const read = (key) => {
  try { return JSON.parse(store.getItem(key)); } catch { return null; }
};
if (store) {
  for (const key of Object.keys(store)) {
    if (key.startsWith(PREFIX) && !(Date.now() - (read(key)?.at ?? 0) < WEEKS)) store.removeItem(key);
  }
  for (const field of document.querySelectorAll("textarea[data-autosave]")) {
    const key = PREFIX + field.dataset.autosave;
    const kept = read(key);
    if (kept && kept.text !== field.value) offer(field, key, kept);
    let timer;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        try { store.setItem(key, JSON.stringify({ text: field.value, at: Date.now() })); } catch { /* full: the page still works */ }
      }, 800);
    });
  }
  for (const done of document.querySelectorAll("[data-autosave-done]")) store.removeItem(PREFIX + done.dataset.autosaveDone);
  for (const form of document.querySelectorAll("form[data-forget-drafts]")) {
    form.addEventListener("submit", () => {
      for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
    });
  }
}
function offer(field, key, kept) {
  const note = document.createElement("p");
  note.className = "autosave-note";
  note.setAttribute("role", "status");
  note.append(field.dataset.autosaveOffer.replace("{when}", new Date(kept.at).toLocaleString(document.documentElement.lang)));
  const add = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = label;
    button.addEventListener("click", () => { act(); note.remove(); field.focus(); });
    note.append(" ", button);
  };
  add(field.dataset.autosaveTake, () => { field.value = kept.text; field.dispatchEvent(new Event("input", { bubbles: true })); });
  add(field.dataset.autosaveDrop, () => store.removeItem(key));
  field.before(note);
}
