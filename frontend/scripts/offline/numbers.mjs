// SPDX-License-Identifier: EUPL-1.2
// Numbers of identity documents without network: each check says what the one of the server says of the same number
// (`siac.countries`), which a test holds against one table. A check answers "" (good), "digit" (its check sign is wrong) or
// "form". Which document has which check comes with the package; one that is not known here takes any number.
const letter = (number) => "TRWAGMYFPDXBNJZSQVHLCKE"[Number(number) % 23];
const digits = (text) => /^[0-9]+$/.test(text);
const weighed = (text, weights) => weights.reduce((sum, weight, place) => sum + weight * Number(text[place]), 0);
const verdict = (good) => (good ? "" : "digit");

function luhn(text) {
  const sum = [...text].reverse().reduce((all, sign, place) => {
    const twice = Number(sign) * (place % 2 ? 1 : 2);
    return all + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

const CHECKS = {
  mod11_k(typed) {
    const number = typed.padStart(8, "0").replace(/^CL/, "");
    if (number.length < 8 || number.length > 9 || !digits(number.slice(0, -1))) return "form";
    const sum = [...number.slice(0, -1)].reverse().reduce((all, sign, place) => all + Number(sign) * (2 + (place % 6)), 0);
    return verdict("0K987654321"[sum % 11] === number.at(-1));
  },
  eight(number) {
    if (number.length < 8 || number.length > 9 || !digits(number.slice(0, 8))) return "form";
    if (number.length === 8) return "";
    const rest = weighed(number, [3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    return verdict(number[8] === "65432110987"[rest] || number[8] === "KJIHGFEDCBA"[rest]);
  },
  mod11_eleven(number) {
    if (number.length !== 11 || !digits(number) || !["10", "15", "17", "20"].includes(number.slice(0, 2))) return "form";
    return verdict(number[10] === String((11 - (weighed(number, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10));
  },
  letter23(typed) {
    const number = typed.padStart(9, "0");
    if (number.length !== 9 || !digits(number.slice(0, -1))) return "form";
    return verdict(letter(number.slice(0, -1)) === number[8]);
  },
  letter23_xyz(number) {
    if (number.length !== 9 || !"XYZ".includes(number[0]) || !digits(number.slice(1, -1))) return "form";
    return verdict(letter("XYZ".indexOf(number[0]) + number.slice(1, -1)) === number[8]);
  },
  control10(number) {
    if (number.length !== 9 || !digits(number.slice(1, -1)) || !"ABCDEFGHJNPQRSUVW".includes(number[0])) return "form";
    const check = luhn(number.slice(1, -1));
    return verdict(number[8] === check || number[8] === "JABCDEFGHI"[Number(check)]);
  },
};

export const compact = (typed) => typed.toUpperCase().replace(/[^0-9A-Z]/g, "");

export function checked(check, typed) {
  const number = compact(typed);
  if (!number) return typed.trim() ? "form" : "";
  if (CHECKS[check]) return CHECKS[check](number);
  return number.length > 30 ? "form" : "";
}
