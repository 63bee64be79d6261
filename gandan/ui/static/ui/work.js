// The keyboard of the workspace: j k Enter x inside an inbox, F keys on marked controls.
"use strict";

(() => {
  const FUNCTION_KEYS = new Set(["F2", "F4", "F8", "F9"]);

  function isTyping(target) {
    return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  }

  /** Works once whatever is marked with the key; a hidden or disabled one is not. */
  function pressMarked(event) {
    const marked = document.querySelector(`[data-key="${event.key}"]:not([disabled], [hidden])`);
    if (!marked) return false;
    marked.click();
    return true;
  }

  function rowsOf(inbox) {
    return [...inbox.querySelectorAll("tbody tr")];
  }

  /** The row that holds the focus; where none does, the one last stood on. */
  function rowOf(inbox) {
    const focused = document.activeElement.closest("tbody tr");
    if (focused && inbox.contains(focused)) return focused;
    return inbox.querySelector("tr.gd-inbox__at");
  }

  function standOn(inbox, row) {
    for (const other of rowsOf(inbox)) other.classList.toggle("gd-inbox__at", other === row);
    row.querySelector("th a").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function move(inbox, step) {
    const rows = rowsOf(inbox);
    const at = rows.indexOf(rowOf(inbox));
    const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
    standOn(inbox, rows[next]);
  }

  function tick(inbox) {
    const box = rowOf(inbox)?.querySelector("input[type=checkbox]");
    if (box) box.click();
  }

  function inboxKey(event) {
    // Inside the table only: a screen reader's and the browser's own keys stay theirs.
    const inbox = event.target.closest("[data-inbox]");
    if (!inbox || isTyping(event.target)) return false;
    if (event.key === "j") move(inbox, 1);
    else if (event.key === "k") move(inbox, -1);
    else if (event.key === "x") tick(inbox);
    else if (event.key === "Enter" && event.target.matches("input[type=checkbox]")) {
      rowOf(inbox)?.querySelector("th a").click();
    } else return false;
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const done = FUNCTION_KEYS.has(event.key) ? pressMarked(event) : inboxKey(event);
    if (done) event.preventDefault();
  });
})();
