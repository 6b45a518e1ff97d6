// SPDX-License-Identifier: EUPL-1.2
// Long texts survive a closed page (until the tab is closed), and leaving with unsent text asks first.
const key = (form, area) => `siac:${location.pathname}:${form.id || form.action}:${area.name}`;

export function drafts(root) {
  for (const area of root.querySelectorAll("form[data-draft] textarea[name]:not([data-draft-ready])")) {
    const form = area.form;
    area.dataset.draftReady = "1";
    const kept = sessionStorage.getItem(key(form, area));
    if (kept && !area.value) {
      area.value = kept;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    area.addEventListener("input", () => {
      form.dataset.dirty = "1";
      try {
        sessionStorage.setItem(key(form, area), area.value);
      } catch {
        // A full store only costs the draft.
      }
    });
    form.addEventListener("submit", () => {
      delete form.dataset.dirty;
      sessionStorage.removeItem(key(form, area));
    });
  }
}

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty]")) event.preventDefault();
});
