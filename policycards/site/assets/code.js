"use strict";
// Card codes and masks, as policycards/qr/crockford.py and payload.py have them.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;
const NO_CODE = "U".repeat(LENGTH);
const REDUCTION = 0b100101;

// What somebody meant who typed a code: full width, lower case, look-alikes, dashes and spaces no longer matter.
function fold(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[-\u2010-\u2015\u2212\s]/g, "")
    .replace(/[a-z]/g, (small) => small.toUpperCase())
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}

// The weighted sum over GF(32) that shows every slip and every swap.
function checkCharacter(text) {
  let total = 0;
  for (const character of text) {
    total = (total ^ ALPHABET.indexOf(character)) << 1;
    if (total & 32) total ^= REDUCTION;
  }
  return ALPHABET[total];
}

// {code} of a typed code, or {wrong}: "letter", "length" or "wrong".
function readCode(text) {
  const code = fold(text);
  if ([...code].some((character) => !ALPHABET.includes(character))) return { wrong: "letter" };
  if (code.length !== LENGTH) return { wrong: "length" };
  return checkCharacter(code.slice(0, -1)) === code[LENGTH - 1] ? { code } : { wrong: "wrong" };
}

function printed(code) {
  return code.match(/.{4}/g).join("-");
}

// The policies whose bit is set, null where this is no mask of the edition.
function listed(mask, order) {
  const bits = [...mask].map((character) => ALPHABET.indexOf(character).toString(2).padStart(5, "0"));
  if (mask.length !== Math.ceil(order.length / 5) || bits.some((five) => five.includes("-"))) return null;
  const line = bits.join("");
  return line.slice(order.length).includes("1") ? null : order.filter((policy, place) => line[place] === "1");
}

// A card from what follows # in its address; null for anything else. Scanners may append to it.
function readFragment(fragment, order) {
  const found = /^#?([0-9A-Z]{12})([0-9A-Z]*)(?![0-9A-Za-z])/.exec(fragment);
  if (!found) return null;
  const [, code, mask] = found, policies = listed(mask, order);
  const general = code === NO_CODE;
  return policies && (general || readCode(code).code === code) ? { code: general ? null : code, policies } : null;
}
