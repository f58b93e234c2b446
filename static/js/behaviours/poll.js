// Asks for a fragment again until it no longer asks to be asked.
// Hook: <div data-poll-url="/…" data-poll-seconds="2" role="status">; the answer replaces the inside;
// an answer with the header X-Poll: stop, or a fragment holding data-poll-done, ends it and reloads
// the page when that element says data-poll-done="reload".
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
