// SPDX-License-Identifier: EUPL-1.2
// How hard a passphrase is to guess for whoever has the device and all the time in the world: rather too strict.
export const SHORTEST = 12;
const COMMON = ["contraseña", "contrasena", "password", "12345", "qwerty", "terreno", "siac", "atencion", "municipal"];

// The sorts of signs it has, and how many bits each sign gives at most.
function bits(text) {
  const sorts = [/[a-zñáéíóúü]/, /[A-ZÑÁÉÍÓÚÜ]/, /[0-9]/, /[^\p{L}\p{N}]/u].filter((sort) => sort.test(text)).length;
  return new Set(text).size < 6 ? text.length : text.length * [0, 3, 3.4, 3.8, 4.2][sorts];
}

// Returns "" (too weak to be taken), "buena" or "muy buena".
export function strength(passphrase) {
  const text = passphrase.normalize("NFC").trim();
  if (text.length < SHORTEST) return "";
  let rest = text;
  for (const word of COMMON) rest = rest.replace(new RegExp(word, "gi"), "");
  const found = bits(rest);
  return found < 34 ? "" : found < 60 ? "buena" : "muy buena";
}
