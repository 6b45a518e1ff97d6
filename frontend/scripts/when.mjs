// SPDX-License-Identifier: EUPL-1.2
// A field that only some choices ask for is shown with them: `data-when="form=guarantee subject=case"`, all at once.
// One that is wrong is always shown; what is hidden is sent as it stands, and the server drops what does not apply.

const chosen = (form, name) => {
  const field = form.elements[name];
  return field instanceof RadioNodeList ? field.value : field?.type === "checkbox" ? String(field.checked) : field?.value;
};

export function when(root) {
  for (const form of new Set([...root.querySelectorAll("[data-when]")].map((part) => part.closest("form")))) {
    if (!form || form.dataset.whenReady) continue;
    form.dataset.whenReady = "1";
    const show = () => {
      for (const part of form.querySelectorAll("[data-when]")) {
        const holds = part.dataset.when.split(" ").every((each) => {
          const [name, value] = each.split("=");
          return chosen(form, name) === value;
        });
        part.hidden = !holds && !part.classList.contains("govuk-form-group--error");
      }
    };
    form.addEventListener("change", show);
    show();
  }
}
