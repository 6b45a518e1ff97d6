// SPDX-License-Identifier: EUPL-1.2
// A copy of all that is on the device, as sealed as it lies there: it opens with the same passphrase, and nothing else.
const SORT = "siac-terreno-1";

const text = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const bytes = (said) => Uint8Array.from(atob(said), (sign) => sign.charCodeAt(0));
const packed = (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? { b: text(value) } : value]));
const unpacked = (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value?.b ? bytes(value.b) : value]));

export async function copied(rows, slug) {
  const told = { sort: SORT, slug, meta: {}, pending: {}, done: {} };
  for (const name of ["meta", "pending", "done"]) {
    for (const key of await rows.keys(name)) told[name][key] = packed(await rows.get(name, key));
  }
  return new Blob([JSON.stringify(told)], { type: "application/json" });
}

// Takes the rows of a copy that the device lacks; returns how many wait that did not before.
export async function taken(rows, slug, file) {
  let told;
  try {
    told = JSON.parse(await file.text());
  } catch {
    throw new Error("Ese archivo no es una copia de terreno.");
  }
  if (told?.sort !== SORT || told.slug !== slug) throw new Error("Ese archivo no es una copia de terreno de esta institución.");
  const kept = await rows.get("meta", "vault");
  const theirs = unpacked(told.meta.vault);
  if (kept && text(kept.salt) !== text(theirs.salt)) throw new Error("Esa copia es de otro equipo o de otra contraseña.");
  const done = new Set(await rows.keys("done"));
  const here = new Set(await rows.keys("pending"));
  const missing = Object.entries(told.pending).filter(([key]) => !done.has(key) && !here.has(key));
  await rows.written((stores) => {
    if (!kept) for (const [key, row] of Object.entries(told.meta)) stores.meta.put(unpacked(row), key);
    for (const [key, row] of missing) stores.pending.put(unpacked(row), key);
    for (const [key, row] of Object.entries(told.done)) if (!done.has(key)) stores.done.put(unpacked(row), key);
  });
  return missing.length;
}
