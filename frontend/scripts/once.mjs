// SPDX-License-Identifier: EUPL-1.2
// A form is sent once; pressing again while it travels does nothing.
export function once(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || event.submitter?.formTarget === "_blank") return;
    if (form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  root.addEventListener("htmx:afterRequest", (event) => delete event.target.closest?.("form")?.dataset.sent);
}
