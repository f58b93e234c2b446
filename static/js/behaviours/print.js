// Print buttons exist only where a script can print.
// Hook: <button type="button" hidden data-print>
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
