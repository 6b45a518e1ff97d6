// SPDX-License-Identifier: EUPL-1.2
// The office without network. What is typed is sealed before it is kept, and nothing opens it but the passphrase.
import { copied, taken } from "./copies.mjs";
import { newCode, shown } from "./codes.mjs";
import { drain, waiting } from "./drain.mjs";
import { ask, complain, fill, isNamed, isWritten, put, sent, typed, wrong } from "./fields.mjs";
import { keepPage } from "./installing.mjs";
import { doneList, inZone, waitingList, when } from "./lists.mjs";
import { screens } from "./screens.mjs";
import { prepare, status } from "./server.mjs";
import { store } from "./store.mjs";
import { strength } from "./strength.mjs";
import { made, opened, seal, unseal } from "./vault.mjs";

const MOST = 2000;
const EVERY = 15_000;
const WORDS = {
  unreachable: "Sin conexión con la institución. Lo registrado sigue aquí y se enviará cuando haya.",
  signed_out: "Su sesión terminó. Entre otra vez y vuelva a esta página: nada se pierde.",
  too_many: "Se enviaron muchos en poco tiempo. Se seguirá en un rato.",
  busy: "Otra pestaña está enviando.",
  offline_revoked: "Este equipo fue revocado y no puede enviar. Lo guardado sigue aquí, cifrado.",
  offline_other_person: "En este navegador entró otra persona. Entre con la cuenta de quien preparó el equipo.",
  offline_no_device: "La institución no reconoce este equipo. Lo guardado sigue aquí; avise a quien administra los equipos.",
  offline_full: "Hay demasiados registros de este equipo por revisar. Pida que los revisen.",
};
const HALTED = new Set(["signed_out", "offline_revoked", "offline_other_person", "offline_no_device", "offline_full"]);

const root = document.getElementById("terreno");
const find = (name) => root.querySelector(`[data-${name}]`);
const { slug, status: statusUrl, prepare: prepareUrl, send: sendUrl, worker, follow } = root.dataset;
const lockAfter = Number(root.dataset.lockAfter) * 1000;
const show = screens(root);
const forms = { case: root.querySelector("form[data-sort=case]"), attention: root.querySelector("form[data-sort=attention]") };

const tabs = new BroadcastChannel(`siac-terreno-${slug}`); // tells the other tabs of this page that rows changed

let rows;
let open = null; // { key, device, told, offset } while it is unlocked
let halted = "";
let isFilling = "";
let idle = 0;
let draftTimer = 0;

function say(words) {
  find("said").textContent = words;
}

async function counts() {
  const left = await rows.count("pending");
  const words = left === 0 ? "Todo está enviado." : left === 1 ? "1 registro sin enviar." : `${left} registros sin enviar.`;
  for (const place of root.querySelectorAll("[data-left]")) place.textContent = words;
  return left;
}

async function list() {
  if (!open) return;
  const records = await waiting(rows, open.key);
  const finished = [];
  for (const id of await rows.keys("done")) finished.push(await unseal(open.key, id, await rows.get("done", id)));
  if (!open) return;
  finished.sort((one, other) => other.sent_at.localeCompare(one.sent_at));
  for (const old of finished.splice(MOST)) await rows.remove("done", old.id);
  waitingList(find("waiting"), records, { show: receipt, remove });
  doneList(find("done"), finished);
  find("none-done").hidden = finished.length > 0;
  await counts();
}

async function remove(record) {
  if (!confirm("Se elimina este registro sin enviarlo. La persona no tendrá respuesta por él. ¿Eliminar?")) return;
  await rows.remove("pending", record.id);
  say("Registro eliminado.");
  await list();
}

// Learns the time of the server and the forms of today; returns why not, or "".
async function renew() {
  const before = Date.now();
  const answer = await status(statusUrl);
  if (answer.status === 401) return "signed_out";
  if (answer.status !== 200) return "no_role";
  const middle = (before + Date.now()) / 2;
  open.offset = Math.round(new Date(answer.told.now).getTime() - middle);
  open.told = answer.told.package;
  await keep();
  refill();
  return "";
}

async function keep() {
  const { key, device, told, offset } = open;
  const row = await seal(key, "package", { device, told, offset });
  await rows.put("meta", "package", row);
}

const OFF = 600_000;

function refill() {
  inZone(open.told.body.zone);
  find("clock").hidden = Math.abs(open.offset ?? 0) <= OFF;
  for (const form of Object.values(forms)) fill(form, open.told);
  ask(forms.case, chosenKind());
  const places = root.querySelectorAll("[data-privacy]");
  for (const place of places) {
    place.replaceChildren(
      ...(open.told.privacy?.sections ?? []).flatMap(([heading, text]) => {
        const title = document.createElement("strong");
        title.textContent = heading;
        const said = document.createElement("p");
        said.className = "govuk-body";
        said.textContent = text;
        return [title, said];
      }),
    );
    place.closest("details").hidden = !open.told.privacy;
  }
}

const chosenKind = () => open.told.kinds.find((kind) => String(kind.id) === forms.case.elements.kind.value);

let isSending = false;
async function sendAll({ again = false, review = false } = {}) {
  if (!open || isSending || (halted && !again)) return;
  isSending = true;
  find("send").disabled = true;
  try {
    if (!(await counts()) && !again) return;
    if (again) say("Enviando…");
    let ended = review ? "" : await renew().catch(() => "unreachable");
    if (ended === "no_role") ended = ""; // the server keeps what it may not file
    const isTried = !ended && open;
    if (isTried) {
      ended = await drain({ rows, key: open.key, device: open.device, address: sendUrl, review, again, told: counts });
    }
    if (ended !== "busy") tabs.postMessage("");
    halted = HALTED.has(ended) ? ended : "";
    find("sign-in").hidden = ended !== "signed_out" && ended !== "offline_other_person";
    const left = await counts();
    const isQuiet = !again && (ended === "unreachable" || ended === "busy"); // nobody asked: nothing new is said
    if (ended && !isQuiet) say(WORDS[ended] ?? ended);
    else if (!isQuiet && left) say("Hay registros que no se pudieron enviar: vea por qué en la lista.");
    else if (!isQuiet) say("Todo está enviado.");
    if (isTried) await list();
  } finally {
    isSending = false;
    find("send").disabled = false;
  }
}

function touched() {
  clearTimeout(idle);
  if (open) idle = setTimeout(lock, lockAfter);
}

// What is half typed is sealed too: a lock, an empty battery or a closed page lose nothing.
async function keepDraft() {
  clearTimeout(draftTimer);
  if (!open || !isFilling || isKeeping) return;
  const row = await seal(open.key, "draft", { sort: isFilling, values: typed(forms[isFilling]) });
  if (isFilling && !isKeeping) await rows.put("meta", "draft", row);
}

async function lock() {
  await keepDraft();
  open = null;
  isFilling = "";
  halted = "";
  for (const form of Object.values(forms)) {
    complain(form, []);
    form.reset();
    form.querySelector("[data-questions]")?.replaceChildren();
  }
  for (const place of ["waiting", "done", "code", "receipt-what"]) find(place).replaceChildren();
  say("");
  await counts();
  show("abrir");
}

async function begin(sort, values = {}) {
  if ((await rows.count("pending")) >= MOST) return say(`Caben ${MOST} registros sin enviar. Envíelos antes de seguir.`);
  const form = forms[sort];
  form.reset();
  complain(form, []);
  refill();
  put(form, values);
  if (sort === "case") {
    ask(form, chosenKind());
    put(form, values);
  } else if (!("is_resolved" in values)) form.elements.is_resolved.checked = true;
  isFilling = sort;
  show(sort === "case" ? "solicitud" : "atencion");
}

let isKeeping = false;
// Pressed twice, a form is kept once: its second press would be another record of the same person.
async function register(form) {
  if (isKeeping) return;
  const problems = wrong(form, open.told);
  complain(form, problems);
  if (problems.length) return;
  clearTimeout(draftTimer);
  isKeeping = true; // no draft comes behind its record: it would be registered again
  let record;
  try {
    record = await kept(form);
  } catch {
    const first = form.dataset.sort === "case" ? "body" : "subject";
    return complain(form, [[first, "No se pudo guardar en este equipo: puede faltar espacio. Lo escrito sigue aquí."]]);
  } finally {
    isKeeping = false;
  }
  isFilling = "";
  form.reset();
  await list();
  if (record.sort === "case") receipt(record);
  else {
    show("trabajo");
    say("Atención guardada en este equipo.");
  }
  sendAll();
}

// Seals what was filled in and puts it where it waits, in one step with the end of its draft.
async function kept(form) {
  const sort = form.dataset.sort;
  const fields = sent(form);
  const kind = sort === "case" ? chosenKind() : null;
  const record = {
    id: crypto.randomUUID(), sort, made_at: new Date().toISOString(), offset: open.offset ?? null, kind_version: kind?.version ?? null,
    code: sort === "case" ? newCode() : "", privacy: isNamed(fields) ? (open.told.privacy?.number ?? null) : null, fields,
    title: kind?.name ?? "Atención", named: isNamed(fields), tried: false, refused: "",
  };
  const row = await seal(open.key, record.id, record);
  await rows.written((stores) => {
    stores.pending.put(row, record.id);
    stores.meta.delete("draft");
  });
  return record;
}

function receipt(record) {
  find("code").textContent = shown(record.code);
  find("receipt-what").textContent = `${record.title}, recibida el ${when(record.made_at, record.offset)} por ${open.told.body.name}.`;
  find("receipt-where").textContent = new URL(follow, location.href).href;
  find("receipt-anonymous").hidden = record.named;
  show("comprobante");
}

async function unlock(event) {
  event.preventDefault();
  const field = find("passphrase");
  const kept = await rows.get("meta", "vault");
  const key = await opened(kept, field.value);
  field.value = "";
  find("wrong").hidden = Boolean(key);
  if (!key) return field.focus();
  open = { key, ...(await unseal(key, "package", await rows.get("meta", "package"))) };
  refill();
  const draft = await rows.get("meta", "draft");
  await list();
  touched();
  if (draft) {
    const { sort, values } = await unseal(key, "draft", draft);
    await begin(sort, values);
  } else show("trabajo");
  tellKept();
  if (await counts()) sendAll();
  else renew().catch(() => {});
}

async function setUp(event) {
  event.preventDefault();
  const form = event.target;
  const { name, one, two } = form.elements;
  const problem = !name.value.trim()
    ? "Escriba un nombre para el equipo."
    : !strength(one.value)
      ? "La contraseña es corta o fácil de adivinar. Use cuatro o más palabras que no vayan juntas."
      : one.value.normalize("NFC").trim() !== two.value.normalize("NFC").trim()
        ? "Las dos contraseñas no son iguales."
        : "";
  const tell = (words) => {
    find("not-prepared").textContent = words;
    find("not-prepared").hidden = !words;
  };
  tell(problem);
  if (problem) return;
  try {
    const now = await status(statusUrl);
    if (now.status !== 200) return tell(now.status === 401 ? "Entre con su cuenta y vuelva a esta página." : "Su cuenta no puede registrar en terreno.");
    const answer = await prepare(prepareUrl, now.told.csrf, name.value);
    if (answer.status !== 200) return tell(answer.told.message ?? "No se pudo preparar. Inténtelo otra vez.");
    const { key, secret, package: told } = answer.told;
    const vault = await made(one.value);
    const offset = new Date(answer.told.now).getTime() - Date.now();
    open = { key: vault.key, device: { key, secret, name: answer.told.name }, told, offset };
    const row = await seal(open.key, "package", { device: open.device, told, offset });
    await rows.written((stores) => {
      stores.meta.put(vault.kept, "vault");
      stores.meta.put(row, "package");
    });
  } catch {
    return tell("Para preparar el equipo hace falta conexión. Inténtelo otra vez.");
  }
  form.reset();
  find("strength").textContent = "";
  await settleIn();
}

async function settleIn() {
  refill();
  await list();
  touched();
  show("trabajo");
  await tellKept();
}

async function tellKept() {
  find("not-kept").hidden = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
}

async function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await copied(rows, slug));
  link.download = `terreno-${slug}-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say("Copia guardada, cifrada. Se abre solo con la contraseña de este equipo.");
}

async function load(event) {
  const [file] = event.target.files;
  if (!file) return;
  try {
    const found = await taken(rows, slug, file);
    say(found === 1 ? "Se agregó 1 registro de la copia." : `Se agregaron ${found} registros de la copia.`);
  } catch (error) {
    say(error.message);
    find("not-prepared").textContent = error.message;
    find("not-prepared").hidden = Boolean(open);
  }
  event.target.value = "";
  if (open) await list();
  else await start();
}

async function forget(event) {
  event.preventDefault();
  const field = event.target.elements.sure;
  find("not-forgotten").hidden = field.value.trim().toUpperCase() === "BORRAR";
  if (!find("not-forgotten").hidden) return field.focus();
  await rows.forget();
  field.value = "";
  open = null;
  await start();
}

async function start() {
  const kept = await rows.get("meta", "vault");
  await counts();
  show(kept ? "abrir" : "preparar");
}

function listen() {
  find("unlock").addEventListener("submit", unlock);
  find("set-up").addEventListener("submit", setUp);
  find("forget").addEventListener("submit", forget);
  find("set-up").elements.one.addEventListener("input", (event) => {
    const found = strength(event.target.value);
    find("strength").textContent = event.target.value ? (found ? `Contraseña ${found}.` : "Todavía es fácil de adivinar.") : "";
  });
  for (const form of Object.values(forms)) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      register(form);
    });
    form.addEventListener("input", () => {
      clearTimeout(draftTimer);
      draftTimer = setTimeout(keepDraft, 700);
    });
  }
  forms.case.elements.kind.addEventListener("change", () => ask(forms.case, chosenKind()));
  const presses = {
    "new-case": () => begin("case"), "new-attention": () => begin("attention"), send: () => sendAll({ again: true }),
    review: () => sendAll({ again: true, review: true }), lock, save, print: () => print(),
  };
  for (const [name, press] of Object.entries(presses)) find(name).addEventListener("click", press);
  for (const back of root.querySelectorAll("[data-back]")) {
    back.addEventListener("click", async () => {
      if (isFilling && isWritten(forms[isFilling]) && !confirm("Se borra lo que escribió. ¿Descartar?")) return;
      isFilling = "";
      await rows.remove("meta", "draft");
      show("trabajo");
    });
  }
  for (const field of root.querySelectorAll("[data-load]")) field.addEventListener("change", load);
  for (const sign of ["pointerdown", "keydown", "input"]) addEventListener(sign, touched, { passive: true });
  tabs.addEventListener("message", async () => {
    await list();
    if (open && find("said").textContent && !(await counts())) say("Todo está enviado.");
  });
  addEventListener("online", () => sendAll());
  addEventListener("pagehide", keepDraft);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return keepDraft();
    if (halted === "signed_out" || halted === "offline_other_person") halted = ""; // perhaps they signed in beside
    sendAll();
  });
  setInterval(() => sendAll(), EVERY);
}

async function run() {
  if (!isSecureContext || !crypto.subtle || !("indexedDB" in window) || !navigator.serviceWorker) return show("no-se-puede");
  try {
    rows = await store(slug);
  } catch {
    return show("no-se-puede");
  }
  listen();
  await start();
  keepPage(worker, root.dataset.scope, find("newer"), () => !isFilling);
}

run();
