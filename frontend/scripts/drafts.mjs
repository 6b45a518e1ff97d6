// SPDX-License-Identifier: EUPL-1.2
// Long texts survive a closed page (until the tab is closed), and leaving with unsent text asks first. What was sent is let
// go of only once a page of the product came back that took it: not by a lost session, an error, or a server that is away.
const key = (form, area) => `siac:${location.pathname}:${form.id || form.action}:${area.name}`;
const SENT = "siac:sent";

function sent() {
  try {
    return JSON.parse(sessionStorage.getItem(SENT)) ?? [];
  } catch {
    return [];
  }
}

function keep(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // A full store only costs the draft.
  }
}

// What the page before sent: taken, unless this page is none that follows a form that was taken, or has it back with errors.
export function settle(root) {
  const back = new Set(
    [...root.querySelectorAll("form[data-draft] textarea[name]")].filter((area) => area.value).map((area) => key(area.form, area)),
  );
  if ("accepted" in root.body.dataset) for (const name of sent()) if (!back.has(name)) sessionStorage.removeItem(name);
  sessionStorage.removeItem(SENT);
}

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
      keep(key(form, area), area.value);
    });
    form.addEventListener("submit", (event) => {
      if (event.submitter?.formTarget === "_blank") return; // shown elsewhere, not sent
      delete form.dataset.dirty;
      if (sessionStorage.getItem(key(form, area))) keep(SENT, JSON.stringify([...sent(), key(form, area)]));
    });
  }
}

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty]")) event.preventDefault();
});
