// SPDX-License-Identifier: EUPL-1.2
// A template goes where the officer is writing. Without this file the page comes back with it after what was saved.
export function insert(root) {
  root.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-insert]");
    const area = form?.parentElement.querySelector("textarea[name=body]");
    if (!area) return;
    event.preventDefault();
    const answer = await fetch(`${form.dataset.insert}${form.plantilla.value}/`);
    if (!answer.ok) return form.submit();
    area.setRangeText(await answer.text(), area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  });
}
