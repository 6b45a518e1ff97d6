// SPDX-License-Identifier: EUPL-1.2
// Asking the server. That there is a network is believed of nothing but an answer of our own: a hotel's page is none.
const PATIENCE = 30_000;

export class Unreachable extends Error {}

async function answered(address, options = {}) {
  const until = new AbortController();
  const timer = setTimeout(() => until.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal: until.signal, ...options });
    if (answer.type === "opaqueredirect") return { status: 401, told: {} };
    const isOurs = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
    if (answer.status >= 500 || (answer.ok && !isOurs)) throw new Unreachable(String(answer.status));
    return { status: answer.status, told: isOurs ? await answer.json() : {} };
  } catch (error) {
    throw error instanceof Unreachable ? error : new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}

export const status = (address) => answered(address);

export function prepare(address, token, name) {
  return answered(address, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ name }) });
}

export function send(address, device, record, { review = false } = {}) {
  const { id, sort, made_at, offset, kind_version, code, privacy, fields } = record;
  const told = { id, sort, made_at, offset, kind_version, code, privacy, fields };
  return answered(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": id },
    body: JSON.stringify({ device: device.key, secret: device.secret, sent_at: new Date().toISOString(), review, record: told }),
  });
}
