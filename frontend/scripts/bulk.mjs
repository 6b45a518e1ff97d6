// SPDX-License-Identifier: EUPL-1.2
// Marking rows of a list: X or a click marks, with Shift up to the last one marked, Escape unmarks. Without this file
// the marks and the buttons are there all the same.
export function bulk(root) {
  const form = root.querySelector("form[data-bulk-form]");
  if (!form) return;
  const bar = form.querySelector("[data-bulk]");
  const count = form.querySelector("[data-bulk-count]");
  const all = form.querySelector("[data-bulk-all]");
  const marks = [...form.querySelectorAll("[name=caso]")];
  let last = null;

  const page = document.createElement("input");
  page.type = "checkbox";
  page.setAttribute("aria-label", "Marcar todas las de esta página");
  form.querySelector("th.siac-mark").replaceChildren(page);

  function show() {
    const marked = marks.filter((mark) => mark.checked).length;
    bar.hidden = !marked && !all.checked;
    count.textContent = all.checked
      ? "Todas las de esta lista, también las de otras páginas"
      : `${marked} marcada${marked === 1 ? "" : "s"}`;
    page.checked = marked === marks.length;
    page.indeterminate = marked > 0 && marked < marks.length;
    for (const mark of marks) mark.closest("tr").classList.toggle("is-marked", mark.checked || all.checked);
  }

  function mark(box, value, reach) {
    const from = reach && last ? marks.indexOf(last) : marks.indexOf(box);
    const to = marks.indexOf(box);
    for (const one of marks.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = value;
    last = box;
    show();
  }

  form.addEventListener("click", (event) => {
    if (event.target.name === "caso") mark(event.target, event.target.checked, event.shiftKey);
  });
  page.addEventListener("change", () => {
    for (const one of marks) one.checked = page.checked;
    show();
  });
  all.addEventListener("change", show);
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    const row = root.querySelector("[data-row].is-current");
    if (event.key.toLowerCase() === "x" && row) {
      const box = row.querySelector("[name=caso]");
      mark(box, !box.checked, event.shiftKey);
      event.preventDefault();
    } else if (event.key === "Escape" && !bar.hidden) {
      all.checked = false;
      for (const one of marks) one.checked = false;
      last = null;
      show();
    }
  });
  window.addEventListener("pageshow", show); // a browser that goes back brings the marks back
  show();
}
