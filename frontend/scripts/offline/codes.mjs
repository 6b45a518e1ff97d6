// SPDX-License-Identifier: EUPL-1.2
// The code that a person takes away: twelve signs by the lot (59 bits), none of which is taken for another.
export const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

export function newCode() {
  const most = 256 - (256 % ALPHABET.length); // beyond it some signs would come more often
  let code = "";
  while (code.length < 12) {
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
      if (byte < most && code.length < 12) code += ALPHABET[byte % ALPHABET.length];
    }
  }
  return code;
}

export const shown = (code) => code.match(/.{4}/g).join("-");
