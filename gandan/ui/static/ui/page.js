// Small helps for any page; everything works without them.
"use strict";

(() => {
  // The summary of errors takes the focus where `autofocus` on a div does not.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();

  // A print button is of no use without this script, so it starts hidden.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // The second press of a sending button: the server would answer the same, the wait
  // on a slow line would be twice as long.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
})();
