// Brings the reader to what the server answered: the error summary, else nothing.
document.querySelector("[data-focus]")?.focus();
