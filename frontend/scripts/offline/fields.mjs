// SPDX-License-Identifier: EUPL-1.2
// The forms: filled from the package, read as the forms of the desk name their fields, shown what is wrong with them.
import { checked } from "./numbers.mjs";

const PERSON = ["given_names", "family_names", "legal_name", "document_number", "email", "phone"];
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function made(tag, given = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), given);
  element.append(...inside);
  return element;
}

function offer(select, pairs, { blank = true } = {}) {
  const chosen = select.value;
  select.replaceChildren(...(blank ? [new Option("Elija…", "")] : []), ...pairs.map(([value, words]) => new Option(words, value)));
  if (chosen && [...select.options].some((option) => option.value === chosen)) select.value = chosen;
}

export function fill(form, told) {
  const { elements } = form;
  const lists = {
    kind: told.kinds.map((kind) => [kind.id, kind.name]), topic: told.topics, unit: told.units,
    service_point: told.points.map(([id, name]) => [id, name]),
  };
  for (const [name, pairs] of Object.entries(lists)) if (elements[name]) offer(elements[name], pairs);
  offer(elements.channel, told.channels[form.dataset.sort], { blank: false });
  offer(elements.document_type, told.documents.map((each) => [each.code, each.name]), { blank: false });
}

function control(question) {
  const given = { id: `s_q_${question.code}`, name: `q_${question.code}`, className: "govuk-input", autocomplete: "off" };
  if (question.type === "text") return made("textarea", { ...given, className: "govuk-textarea", rows: 4, maxLength: 4000 });
  if (question.type === "date") return made("input", { ...given, type: "date", className: "govuk-input govuk-input--width-10" });
  if (question.type !== "choice") return made("input", { ...given, type: "text", maxLength: 300 });
  const select = made("select", { ...given, className: "govuk-select" });
  offer(select, question.options.map((option) => [option, option]));
  return select;
}

// Draws the questions of the chosen kind; what was typed in those of the same name stays.
export function ask(form, kind) {
  const place = form.querySelector("[data-questions]");
  if (!place) return;
  const typed = Object.fromEntries([...place.querySelectorAll("[name]")].map((field) => [field.name, field.value]));
  place.replaceChildren(
    ...(kind?.questions ?? []).map((question) => {
      const field = control(question);
      if (typed[field.name]) field.value = typed[field.name];
      const label = made("label", { className: "govuk-label", htmlFor: field.id }, question.label);
      const hint = question.hint ? [made("div", { className: "govuk-hint", id: `${field.id}-hint` }, question.hint)] : [];
      if (hint.length) field.setAttribute("aria-describedby", `${field.id}-hint`);
      return made("div", { className: "govuk-form-group" }, label, ...hint, field);
    }),
  );
}

const named = (form) => [...form.elements].filter((field) => field.name);

// What is typed, as it stands; `put` writes it back.
export const typed = (form) =>
  Object.fromEntries(named(form).map((field) => [field.name, field.type === "checkbox" ? (field.checked ? "on" : "") : field.value.trim()]));

export function put(form, values) {
  for (const field of named(form)) {
    if (!(field.name in values)) continue;
    if (field.type === "checkbox") field.checked = Boolean(values[field.name]);
    else field.value = values[field.name];
  }
}

// As the forms of the desk take it: a day in three boxes.
export function sent(form) {
  const values = typed(form);
  for (const field of form.querySelectorAll("input[type=date]")) {
    const [year, month, day] = values[field.name].split("-");
    delete values[field.name];
    if (day) Object.assign(values, { [`${field.name}_day`]: day, [`${field.name}_month`]: month, [`${field.name}_year`]: year });
  }
  delete values.privacy_told;
  if (!values.document_number) delete values.document_type;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

// Whether anything was written: what is chosen from a list is chosen again in a moment.
export const isWritten = (form) =>
  [...form.querySelectorAll("input:not([type=checkbox]):not([type=hidden]), textarea")].some((field) => field.value.trim());

export const isNamed = (values) => PERSON.some((name) => values[name]);

// Returns what is wrong, as pairs of the name of a field and a sentence; the server looks at it all again.
export function wrong(form, told) {
  const values = typed(form);
  const found = [];
  const kind = told.kinds.find((each) => String(each.id) === values.kind);
  if (form.dataset.sort === "case") {
    if (!kind) found.push(["kind", "Elija el tipo."]);
    if (!values.body) found.push(["body", "Escriba qué pide o qué pasó."]);
    if (values.body.length > told.text_limit) found.push(["body", `Acorte el texto: caben ${told.text_limit} caracteres.`]);
    if (kind && !kind.anonymous && !isNamed(values)) found.push(["given_names", "Este tipo no admite anónimas: diga quién es."]);
    if (kind?.document && isNamed(values) && !values.document_number) found.push(["document_number", "Este tipo exige un documento."]);
  } else {
    if (!values.unit) found.push(["unit", "Elija la unidad que atendió."]);
    if (values.minutes && !(/^[0-9]{1,4}$/.test(values.minutes) && Number(values.minutes) <= 1440)) {
      found.push(["minutes", "Escriba un número entero de minutos, hasta 1440."]);
    }
  }
  const check = told.documents.find((each) => each.code === values.document_type)?.check;
  const verdict = checked(check, values.document_number);
  if (verdict === "digit") found.push(["document_number", "El dígito verificador no corresponde. Revise el documento."]);
  if (verdict === "form") found.push(["document_number", "El documento no tiene la forma correcta. Revíselo."]);
  if (values.email && !MAIL.test(values.email)) found.push(["email", "Escriba un correo completo."]);
  if (isNamed(values) && told.privacy && !values.privacy_told) {
    found.push(["privacy_told", "Informe a la persona cómo se usan sus datos y márquelo."]);
  }
  return found;
}

// Shows what is wrong in a summary and beside each field, and leads there; nothing wrong takes it away.
export function complain(form, problems) {
  for (const old of form.querySelectorAll("[data-problem], .govuk-error-summary")) old.remove();
  for (const field of named(form)) {
    field.closest(".govuk-form-group")?.classList.remove("govuk-form-group--error");
    field.removeAttribute("aria-invalid");
    const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== `${field.id}-error`);
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
  }
  if (!problems.length) return;
  const list = made("ul", { className: "govuk-list govuk-error-summary__list" });
  for (const [name, words] of problems) {
    const field = form.elements[name];
    const group = field.closest(".govuk-form-group");
    group.classList.add("govuk-form-group--error");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${field.id}-error`.trim());
    const said = made("p", { className: "govuk-error-message", id: `${field.id}-error` }, words);
    said.dataset.problem = "1";
    (field.closest(".govuk-checkboxes") ?? field).before(said);
    const link = made("a", { href: `#${field.id}` }, words);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field.closest("details")?.setAttribute("open", "");
      field.focus();
    });
    list.append(made("li", {}, link));
  }
  const title = made("h3", { className: "govuk-error-summary__title" }, "Revise lo siguiente");
  const summary = made("div", { className: "govuk-error-summary", tabIndex: -1 }, title, list);
  summary.setAttribute("role", "alert");
  form.prepend(summary);
  for (const [name] of problems) form.elements[name].closest("details")?.setAttribute("open", "");
  summary.focus();
}
