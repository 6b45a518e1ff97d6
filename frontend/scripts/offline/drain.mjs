// SPDX-License-Identifier: EUPL-1.2
// Sending what waits, one by one. Only what was answered counts as sent; whatever else happens, it stays.
import { send, Unreachable } from "./server.mjs";
import { seal, unseal } from "./vault.mjs";

// Answers that end the round: what they say is not of this record.
const STOPS = { 401: "signed_out", 429: "too_many" };
const OF_DEVICE = new Set(["offline_revoked", "offline_other_person", "offline_no_device", "offline_full"]);

async function waiting(rows, key) {
  const found = [];
  for (const id of await rows.keys("pending")) {
    const row = await rows.get("pending", id);
    if (row) found.push(await unseal(key, id, row));
  }
  return found.sort((one, other) => one.made_at.localeCompare(other.made_at));
}

// What is left on the device of a record that the server has: no word of what was typed.
function receipt(record, told) {
  const isNamed = record.named && record.code;
  return {
    id: record.id, sort: record.sort, title: record.title, made_at: record.made_at, offset: record.offset, state: told.state, words: told.words,
    folio: told.folio ?? "", due_on: told.due_on ?? "", why: told.why ?? "", code: isNamed ? record.code : "",
    sent_at: new Date().toISOString(),
  };
}

// Returns why it ended: "" (all was answered), or a code. `told(counts)` is called after each record.
async function round({ rows, key, device, address, review, again, told }) {
  for (const record of await waiting(rows, key)) {
    if (record.refused && !again) continue; // it was shown why; the button sends it again
    if (!(await rows.get("pending", record.id))) continue; // whoever works here took it away meanwhile
    await rows.put("pending", record.id, await seal(key, record.id, { ...record, tried: true }));
    let answer;
    try {
      answer = await send(address, device, record, { review });
    } catch (error) {
      if (error instanceof Unreachable) return "unreachable";
      throw error;
    }
    if (STOPS[answer.status]) return OF_DEVICE.has(answer.told.code) ? answer.told.code : STOPS[answer.status];
    if (OF_DEVICE.has(answer.told.code)) return answer.told.code;
    if (answer.status === 200 && answer.told.id === record.id) {
      await rows.settle(record.id, await seal(key, record.id, receipt(record, answer.told)));
    } else {
      const why = answer.told.message ?? `El servidor no lo tomó (${answer.status}).`;
      await rows.put("pending", record.id, await seal(key, record.id, { ...record, tried: true, refused: why }));
    }
    await told();
  }
  return "";
}

// Two tabs never send at once where the browser can tell; where it cannot, the server takes each record once all the same.
export function drain(options) {
  if (!navigator.locks) return round(options);
  return navigator.locks.request("siac-terreno", { ifAvailable: true }, (lock) => (lock ? round(options) : "busy"));
}

export { waiting };
