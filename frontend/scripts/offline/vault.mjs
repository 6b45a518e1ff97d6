// SPDX-License-Identifier: EUPL-1.2
// Everything is sealed with one random key, which is kept only wrapped with the passphrase. No key is ever written down.
const ITERATIONS = 600_000; // of PBKDF2 with SHA-256
const IV = 12;
const BLOCK = 1024; // what is sealed is filled up to blocks, so that its length tells little
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const random = (length) => crypto.getRandomValues(new Uint8Array(length));

async function wrapping(passphrase, salt, iterations) {
  const typed = encoder.encode(passphrase.normalize("NFC").trim());
  const base = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const usable = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

// Returns the key and what is kept of it.
export async function made(passphrase) {
  const raw = random(32);
  const salt = random(16);
  const iv = random(IV);
  const wrapper = await wrapping(passphrase, salt, ITERATIONS);
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, wrapper, raw));
  const key = await usable(raw);
  raw.fill(0);
  return { key, kept: { form: 1, salt, iterations: ITERATIONS, iv, wrapped } };
}

// Returns the key, or null where the passphrase is another one.
export async function opened(kept, passphrase) {
  const wrapper = await wrapping(passphrase, kept.salt, kept.iterations);
  try {
    const raw = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, wrapper, kept.wrapped));
    const key = await usable(raw);
    raw.fill(0);
    return key;
  } catch {
    return null;
  }
}

// Seals something JSON can write, bound to the name it is kept under.
export async function seal(key, name, value) {
  const text = encoder.encode(JSON.stringify(value));
  const filled = new Uint8Array(Math.ceil((text.length + 4) / BLOCK) * BLOCK);
  new DataView(filled.buffer).setUint32(0, text.length);
  filled.set(text, 4);
  const iv = random(IV);
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(name) };
  return { iv, sealed: new Uint8Array(await crypto.subtle.encrypt(how, key, filled)) };
}

export async function unseal(key, name, row) {
  const how = { name: "AES-GCM", iv: row.iv, additionalData: encoder.encode(name) };
  const filled = new Uint8Array(await crypto.subtle.decrypt(how, key, row.sealed));
  const length = new DataView(filled.buffer).getUint32(0);
  return JSON.parse(decoder.decode(filled.subarray(4, 4 + length)));
}
