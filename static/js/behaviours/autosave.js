// Keeps what is being written in a text in this browser, until the server has it.
// Hook: <textarea or input data-autosave="key" data-autosave-offer="…" data-autosave-take="…" data-autosave-drop="…">
// A text is kept under the person, the address its form goes to and its key; it is offered, never put in unasked.
// The choices of its form (radio buttons) are kept and taken up again with it.
// With data-autosave-typed the form came back refused: its text is the newest, and takes the place of what was kept.
// A form sends « kept » when texts of it wait here; once they are saved the server answers with a cookie of that name.
const store = (() => {
  try { localStorage.setItem("reseau-try", ""); localStorage.removeItem("reseau-try"); return localStorage; } catch { return null; }
})();
const ALL = "reseau-draft:";
const MINE = `${ALL}${document.body.dataset.person || ""}:`;
const WEEKS = 4 * 7 * 24 * 3600 * 1000;
const read = (key) => {
  try { return JSON.parse(store.getItem(key)); } catch { return null; }
};
// What a text goes with: a reason is nothing without the position it explains.
const picked = ({ form }) => Object.fromEntries([...(form?.querySelectorAll("[type=radio]:checked") ?? [])].map(({ name, value }) => [name, value]));
const forget = (start) => {
  for (const key of Object.keys(store)) if (key.startsWith(start)) store.removeItem(key);
};
if (store) {
  for (const key of Object.keys(store)) {
    if (key.startsWith(ALL) && !(Date.now() - (read(key)?.at ?? 0) < WEEKS)) store.removeItem(key);
  }
  const saved = document.cookie.match(/(?:^|; )kept=([^;]*)/);
  if (saved) {
    forget(`${MINE}${decodeURIComponent(saved[1])}:`);
    document.cookie = "kept=; path=/; max-age=0; samesite=lax";
  }
  const waiting = new Map();
  for (const field of document.querySelectorAll("[data-autosave]")) {
    const { pathname, search } = new URL(field.form?.getAttribute("action") || location.href, location);
    const address = pathname + search;
    const key = `${MINE}${address}:${field.dataset.autosave}`;
    const kept = read(key);
    const keep = () => {
      clearTimeout(waiting.get(field)?.timer);
      waiting.delete(field);
      try { store.setItem(key, JSON.stringify({ text: field.value, picked: picked(field), at: Date.now() })); } catch { /* full: the page still works */ }
    };
    let typed = false;
    if ("autosaveTyped" in field.dataset) { if (kept || field.value) keep(); }
    else if (kept && kept.text !== field.value) offer(field, key, kept);
    field.addEventListener("input", () => {
      typed = true;
      clearTimeout(waiting.get(field)?.timer);
      waiting.set(field, { keep, timer: setTimeout(keep, 800) });
    });
    field.form?.addEventListener("change", ({ target }) => { if (typed && target.type === "radio") keep(); });
    field.form?.addEventListener("submit", () => {
      if (waiting.has(field)) keep();
      if (!read(key) || field.form.elements.kept) return;
      field.form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "kept", value: "1" }));
    });
  }
  addEventListener("pagehide", () => { for (const { keep } of [...waiting.values()]) keep(); });
  for (const form of document.querySelectorAll("form[action$='/logout/']")) form.addEventListener("submit", () => forget(MINE));
}
function offer(field, key, kept) {
  const note = document.createElement("div");
  note.className = "autosave-note";
  note.setAttribute("role", "status");
  const { lang } = document.documentElement;
  const time = new Date(kept.at).toLocaleString(lang === "fr" ? lang : "en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "Africa/Dakar" });
  const when = lang === "fr" ? time.replace(/^1 /, "1er ").replace(/0?(\d?\d):(\d\d)/, "$1\u00a0h\u00a0$2") : time;
  note.append(field.dataset.autosaveOffer.replace("{when}", when));
  const add = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = label;
    button.addEventListener("click", () => { act(); note.remove(); field.focus(); });
    note.append(" ", button);
  };
  add(field.dataset.autosaveTake, () => {
    for (const [name, value] of Object.entries(kept.picked ?? {})) {
      field.form.querySelector(`[type=radio][name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)?.click();
    }
    field.value = kept.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  add(field.dataset.autosaveDrop, () => store.removeItem(key));
  field.before(note);
}
