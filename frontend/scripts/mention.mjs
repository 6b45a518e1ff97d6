// SPDX-License-Identifier: EUPL-1.2
// In a note: an @ offers the names of the people of the house. Arrows move, Enter or Tab takes, Escape closes.
const AT = /(?:^|[^\w.])@([^@\n]{0,40})$/;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const MOST = 6;
let names; // asked for once per page, with the first @

async function known(url) {
  names ??= fetch(url, { credentials: "same-origin" }).then((answer) => (answer.ok ? answer.json() : { names: [] }));
  return (await names).names;
}

export function mentions(root) {
  for (const area of root.querySelectorAll("[data-mentions] textarea:not([data-ready])")) {
    area.dataset.ready = "1";
    enhance(area);
  }
}

function enhance(area) {
  const list = document.createElement("ul");
  list.id = `${area.id}-menciones`;
  list.className = "siac-offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Personas");
  list.hidden = true;
  area.after(list);
  area.setAttribute("aria-controls", list.id);
  area.setAttribute("aria-autocomplete", "list");
  let at = 0;

  const close = () => {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  };
  const mark = () => {
    [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    area.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const take = (name) => {
    const before = area.value.slice(0, area.selectionStart).replace(/@[^@\n]*$/, `@${name} `);
    const after = area.value.slice(area.selectionStart);
    area.value = before + after;
    area.setSelectionRange(before.length, before.length);
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  };
  const offer = async () => {
    const typed = AT.exec(area.value.slice(0, area.selectionStart));
    if (!typed) return close();
    const wanted = fold(typed[1]);
    const fitting = (await known(area.closest("[data-mentions]").dataset.mentions)).filter((name) => fold(name).split(" ").some((_, word, parts) => parts.slice(word).join(" ").startsWith(wanted)));
    if (!fitting.length || fitting.some((name) => fold(name) === wanted.trim() && wanted.endsWith(" "))) return close();
    list.replaceChildren(
      ...fitting.slice(0, MOST).map((name, place) => {
        const row = document.createElement("li");
        row.id = `${list.id}-${place}`;
        row.setAttribute("role", "option");
        row.textContent = name;
        row.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(name);
        });
        return row;
      }),
    );
    at = 0;
    list.hidden = false;
    mark();
  };
  area.addEventListener("input", offer);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) at = (at + step + list.children.length) % list.children.length;
    else if (event.key === "Enter" || event.key === "Tab") take(list.children[at].textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (step) mark();
  });
}
