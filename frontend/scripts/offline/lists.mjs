// SPDX-License-Identifier: EUPL-1.2
// What waits and what was sent, as lists; texts only, never markup of what somebody typed.
import { shown } from "./codes.mjs";

const DAY = { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", hour12: false };
let zone;

// A moment told by the clock of the device, `offset` milliseconds behind the server's, on the local day of the body.
const when = (moment, offset = 0) => {
  const right = new Date(new Date(moment).getTime() + (offset ?? 0));
  return right.toLocaleString("es", { ...DAY, timeZone: zone }).replace(",", "").replaceAll("/", "-");
};
const inZone = (name) => {
  zone = name;
};

function line(title, details, state, buttons = []) {
  const item = document.createElement("li");
  item.className = "siac-field__row";
  const told = document.createElement("div");
  const name = document.createElement("strong");
  name.textContent = title;
  told.append(name);
  for (const detail of details.filter(Boolean)) {
    const hint = document.createElement("span");
    hint.className = "govuk-hint siac-sub";
    hint.textContent = detail;
    told.append(hint);
  }
  const said = document.createElement("span");
  said.className = "siac-field__state";
  said.textContent = state;
  item.append(told, said, ...buttons);
  return item;
}

function button(words, of, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary siac-small";
  made.textContent = words;
  const what = document.createElement("span");
  what.className = "govuk-visually-hidden";
  what.textContent = ` ${of}`;
  made.append(what);
  made.addEventListener("click", press);
  return made;
}

export function waitingList(list, records, { show, remove }) {
  list.replaceChildren(
    ...records.map((record) => {
      const who = record.named ? [record.fields.given_names, record.fields.family_names, record.fields.legal_name].filter(Boolean).join(" ") : "";
      const state = record.refused ? "No se pudo enviar" : record.tried ? "Sin confirmar" : "Sin enviar";
      const what = `${record.title}, ${when(record.made_at, record.offset)}`;
      const buttons = [record.sort === "case" ? button("Comprobante", what, () => show(record)) : null, record.tried && !record.refused ? null : button("Eliminar", what, () => remove(record))];
      return line(record.title, [`${when(record.made_at, record.offset)}${who ? ` · ${who}` : ""}`, record.refused], state, buttons.filter(Boolean));
    }),
  );
}

export function doneList(list, records) {
  list.replaceChildren(
    ...records.map((record) => {
      const code = record.code ? `Código ${shown(record.code)}` : "";
      return line(record.folio ? `${record.title} ${record.folio}` : record.title, [when(record.made_at, record.offset), code, record.why], record.words);
    }),
  );
}

export { inZone, when };
