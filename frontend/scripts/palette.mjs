// SPDX-License-Identifier: EUPL-1.2
// Ctrl-K: everything the page offers, found by a few letters. It only presses what is on the page already, so it offers
// nobody more than they may do; without this file all of it is still there.
import { open } from "./keys.mjs";

const SOURCES = [
  [".siac-doing[data-key]", ""],
  [".siac-bulk:not([hidden]) button", "Con las marcadas: "],
  [".siac-more a, .siac-more-views a, .siac-actions a, .siac-actions button", ""],
  [".siac-views a", "Vista: "],
  [".siac-setup__all a", "Configuración: "],
  [".siac-side a", "Ir a: "],
  [".siac-user a", ""],
];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// The words of a link or of what opens a form, without the key or the count beside them.
function named(element) {
  const copy = (element.querySelector("summary") ?? element).cloneNode(true);
  const beside = copy.querySelector("kbd, .siac-side__count");
  const hint = beside?.textContent.trim() ?? "";
  beside?.remove();
  return [copy.textContent.replace("★", "").replace(/\s+/g, " ").trim(), hint];
}

function offered(root) {
  const found = [];
  for (const [selector, before] of SOURCES) {
    for (const element of root.querySelectorAll(selector)) {
      const [words, hint] = named(element);
      found.push({ label: before + words, hint, run: () => (element.matches("details") ? open(element) : element.click()) });
    }
  }
  return found;
}

function build(root) {
  const dialog = document.createElement("dialog");
  dialog.className = "siac-palette";
  dialog.setAttribute("aria-label", "Órdenes");
  dialog.innerHTML = `<label class="govuk-visually-hidden" for="ordenes">Qué quiere hacer</label>
    <input class="govuk-input" id="ordenes" role="combobox" aria-expanded="true" aria-controls="ordenes-lista" aria-autocomplete="list" autocomplete="off" placeholder="Qué quiere hacer, o un folio">
    <ul id="ordenes-lista" role="listbox" aria-label="Órdenes"></ul>`;
  root.body.append(dialog);
  return dialog;
}

export function palette(root) {
  if (!root.querySelector(".siac-work")) return;
  let dialog = null;
  let all = [];
  let shown = [];
  let current = 0;

  function mark(index) {
    current = Math.max(0, Math.min(shown.length - 1, index));
    const items = [...dialog.querySelectorAll("[role=option]")];
    for (const [place, item] of items.entries()) item.setAttribute("aria-selected", place === current ? "true" : "false");
    dialog.querySelector("input").setAttribute("aria-activedescendant", items[current]?.id ?? "");
    items[current]?.scrollIntoView({ block: "nearest" });
  }

  function filter() {
    const text = dialog.querySelector("input").value.trim();
    const words = fold(text).split(/\s+/);
    shown = all.filter((one) => words.every((word) => fold(one.label).includes(word)));
    const search = root.querySelector("form[role=search]");
    if (text && search) {
      shown.push({
        label: `Buscar «${text}»`,
        hint: "",
        run: () => {
          search.q.value = text;
          search.requestSubmit();
        },
      });
    }
    dialog.querySelector("ul").replaceChildren(
      ...shown.map((one, index) => {
        const item = document.createElement("li");
        item.id = `orden-${index}`;
        item.setAttribute("role", "option");
        item.textContent = one.label;
        if (one.hint) item.append(Object.assign(document.createElement("kbd"), { textContent: one.hint }));
        item.addEventListener("click", () => run(index));
        return item;
      }),
    );
    mark(0);
  }

  function run(index) {
    const chosen = shown[index];
    dialog.close();
    chosen?.run();
  }

  function show() {
    if (!dialog) {
      dialog = build(root);
      const input = dialog.querySelector("input");
      input.addEventListener("input", filter);
      input.addEventListener("keydown", (event) => {
        const steps = { ArrowDown: 1, ArrowUp: -1 };
        if (event.key in steps) mark(current + steps[event.key]);
        else if (event.key === "Enter") run(current);
        else return;
        event.preventDefault();
      });
      dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    }
    if (dialog.open) return;
    all = offered(root);
    dialog.querySelector("input").value = "";
    dialog.showModal();
    filter();
  }

  root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    show();
  });
  root.addEventListener("click", (event) => event.target.closest("[data-palette-open]") && show());
}
