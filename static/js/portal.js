{
const store = (() => {
try { localStorage.setItem("reseau-try", ""); localStorage.removeItem("reseau-try"); return localStorage; } catch { return null; }
})();
const ALL = "reseau-draft:";
const MINE = `${ALL}${document.body.dataset.person || ""}:`;
const WEEKS = 4 * 7 * 24 * 3600 * 1000;
const read = (key) => {
try { return JSON.parse(store.getItem(key)); } catch { return null; }
};
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
}
{
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
}
{
for (const button of document.querySelectorAll("[data-copy]")) {
if (!navigator.clipboard) continue;
const label = button.textContent;
button.hidden = false;
button.setAttribute("aria-live", "polite");
button.addEventListener("click", async () => {
await navigator.clipboard.writeText(button.dataset.copy);
button.textContent = button.dataset.copied;
setTimeout(() => { button.textContent = label; }, 3000);
});
}
}
{
document.querySelector("[data-focus]")?.focus();
}
{
document.addEventListener("keydown", (event) => {
if (event.key !== "Escape") return;
const open = event.target.closest?.("details[data-menu][open]");
if (!open) return;
open.open = false;
open.querySelector("summary").focus();
});
}
{
for (const box of document.querySelectorAll("[data-poll-url]")) {
const every = 1000 * Number(box.dataset.pollSeconds || 2);
let failures = 0;
const ask = async () => {
if (document.hidden) return setTimeout(ask, every);
try {
const answer = await fetch(box.dataset.pollUrl, { headers: { "X-Requested-With": "fetch" } });
if (!answer.ok) throw new Error(answer.status);
const page = new DOMParser().parseFromString(await answer.text(), "text/html");
const fresh = page.querySelector("[data-poll-fragment]") || page.body;
if (box.innerHTML.trim() !== fresh.innerHTML.trim()) box.replaceChildren(...fresh.childNodes);
failures = 0;
const done = box.querySelector("[data-poll-done]");
if (done && done.dataset.pollDone === "reload") return location.reload();
if (done || answer.headers.get("X-Poll") === "stop") return undefined;
} catch {
failures += 1;
}
return setTimeout(ask, every * Math.min(1 + failures, 15));
};
setTimeout(ask, every);
}
}
{
for (const button of document.querySelectorAll("[data-print]")) {
button.hidden = false;
button.addEventListener("click", () => print());
}
}
{
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
}
