// SPDX-License-Identifier: EUPL-1.2
// Keys for people who work in lists all day; off while typing, and never with Ctrl, Alt or Cmd.
const typing = (target) => 
  target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]");

function move(root, step) {
  const rows = [...root.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.classList.contains("is-current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, now + step))];
  rows[now]?.classList.remove("is-current");
  next.classList.add("is-current");
  next.querySelector("a")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

const FIELD = "input:not([type=hidden]), textarea, select";

function firstField(part) {
  return [...part.querySelectorAll(FIELD)].find((field) => field.checkVisibility());
}

export function open(details) {
  details.open = true;
  (firstField(details) ?? details.querySelector("form button") ?? details.querySelector("summary"))?.focus();
}

// A page that only asks something begins where it is asked.
export function focusFirst(root) {
  const part = root.querySelector("[data-focus-first]");
  if (part && !root.querySelector(".govuk-error-summary")) (firstField(part) ?? part.querySelector("button"))?.focus();
}

// Suggestions come when a form has opened: who has not begun in it yet chooses the first with Enter, or by its number.
export function focusSuggestion(part) {
  const [first, details] = [part.querySelector(".siac-suggested button"), part.closest("details")];
  if (first && details?.contains(document.activeElement) && document.activeElement === firstField(details)) first.focus();
}

function press(root, name) {
  const target = [...root.querySelectorAll(`[data-key="${name}"]`)].find((one) => one.checkVisibility());
  if (!target) return false;
  if (target.matches("input, textarea, select")) target.focus();
  else if (target.matches("details")) open(target);
  else target.click();
  return true;
}

export function keys(root) {
  const help = root.querySelector("dialog.siac-help");
  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-help-open]")) help?.showModal();
    if (event.target.closest("[data-help-close]")) help?.close();
    const opened = root.getElementById(event.target.closest("[data-opens]")?.dataset.opens);
    if (!opened) return;
    event.preventDefault();
    open(opened);
  });
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    const name = event.key.toLowerCase();
    if ((name === "j" || name === "k") && root.querySelector("[data-row]")) move(root, name === "j" ? 1 : -1);
    else if (name === "?" && help) help.showModal();
    else if (!press(root, name)) return;
    event.preventDefault();
  });
}
