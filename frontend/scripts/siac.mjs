// SPDX-License-Identifier: EUPL-1.2
// Everything on the pages works without this file; it only saves time.
import { Button, CharacterCount, Checkboxes, createAll, ErrorSummary, Radios, SkipLink, Tabs } from "govuk-frontend";
import accessibleAutocomplete from "accessible-autocomplete";

import { back } from "./back.mjs";
import { bulk } from "./bulk.mjs";
import { calls, tickets } from "./calls.mjs";
import { drafts, settle } from "./drafts.mjs";
import { aids, idle } from "./idle.mjs";
import { insert } from "./insert.mjs";
import { focusFirst, focusSuggestion, keys } from "./keys.mjs";
import { mentions } from "./mention.mjs";
import { near } from "./near.mjs";
import { once } from "./once.mjs";
import { palette } from "./palette.mjs";
import { presence } from "./presence.mjs";
import { when } from "./when.mjs";

const COUNT = {
  i18n: {
    charactersUnderLimit: { one: "Le queda %{count} carácter", other: "Le quedan %{count} caracteres" },
    charactersAtLimit: "No le quedan caracteres",
    charactersOverLimit: { one: "Se ha pasado por %{count} carácter", other: "Se ha pasado por %{count} caracteres" },
  },
};

function autocomplete(root) {
  for (const select of root.querySelectorAll("select[data-autocomplete]:not([data-ready])")) {
    select.dataset.ready = "1";
    accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      defaultValue: select.selectedOptions[0]?.value ? select.selectedOptions[0].textContent : "",
      showAllValues: true,
      tNoResults: () => "No hay coincidencias",
      tStatusQueryTooShort: (least) => `Escriba ${least} o más letras`,
      tStatusNoResults: () => "No hay coincidencias",
      tStatusSelectedOption: (option, total, index) => `${option} ${index + 1} de ${total} está marcada`,
      tStatusResults: (total, content) => `${total} resultados. ${content}`,
      tAssistiveHint: () => "Cuando haya resultados, use las flechas para recorrerlos y Entrar para elegir.",
    });
  }
}

function enhance(root) {
  const scope = { scope: root };
  createAll(Button, { preventDoubleClick: true }, scope);
  createAll(CharacterCount, COUNT, scope);
  for (const part of [Checkboxes, ErrorSummary, Radios, SkipLink, Tabs]) createAll(part, undefined, scope);
  autocomplete(root);
  drafts(root);
  mentions(root);
  when(root);
}

const menu = document.querySelector(".siac-menu");
if (menu && matchMedia("(min-width: 60em)").matches) menu.open = true;
document.body.classList.add("js-enabled", "govuk-frontend-supported");
settle(document);
enhance(document);
once(document);
keys(document);
back(document);
bulk(document);
calls(document);
tickets(document);
palette(document);
idle(document);
aids(document);
focusFirst(document);
presence(document);
insert(document);
near(document);
// A button whose answer was an error page (the session ended, the server is away) sends its form whole: the page says why and keeps all.
for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.body.addEventListener(failed, (event) => {
    const button = event.detail.elt;
    if (button.matches?.("button[hx-post]") && button.form) setTimeout(() => button.form.requestSubmit(button));
  });
}
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) enhance(event.detail.elt);
  focusSuggestion(event.detail.elt);
});
