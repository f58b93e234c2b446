// What is wrong on the open page, as lines. axe is there from the beginning.
async () => {
  const wrong = [];
  const root = document.documentElement;
  const count = document.querySelectorAll("h1").length;
  if (count !== 1) wrong.push(`${count} h1`);
  if (!document.title.trim()) wrong.push("no title");
  if (root.lang !== "fr") wrong.push(`lang is ${root.lang}`);
  if (root.scrollWidth > root.clientWidth + 1) {
    const wide = [...document.body.querySelectorAll("*")].filter(
      (one) => one.getBoundingClientRect().right > root.clientWidth + 1,
    );
    const named = wide.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
    wrong.push(`wider than the screen (${root.scrollWidth}): ${named.join(" > ")}`);
  }
  // Without preloading: none of these rules reads style sheets or media, and it is a quarter of the time.
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"], preload: false });
  for (const rule of found.violations) {
    for (const node of rule.nodes) wrong.push(`${rule.id}: ${node.target}`);
  }
  return wrong;
}
