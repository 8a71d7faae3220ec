// Card codes and masks on the detail site, against the vectors that every program shares.
import assert from "node:assert/strict";
import test from "node:test";
import { loadScript, vectors } from "./scripts.mjs";

loadScript("policycards/site/assets/code.js");
const WRONG = { E410: "length", E411: "letter", E412: "wrong" };

test("check characters are those of the vectors", () => {
  for (const { text, check } of vectors.checks) assert.equal(checkCharacter(text), check);
});

test("printed and carelessly typed codes are read", () => {
  for (const each of [...vectors.cards, ...vectors.spares]) {
    assert.deepEqual(readCode(each.printed), { code: each.code });
    assert.equal(printed(each.code), each.printed);
  }
  for (const { typed, code } of vectors.folded) assert.deepEqual(readCode(typed), { code });
});

test("a wrong code is refused with its kind", () => {
  for (const { typed, problem } of vectors.wrong) assert.deepEqual(readCode(typed), { wrong: WRONG[problem] });
});

test("every single slip and every swap of neighbours is noticed", () => {
  const { code } = vectors.cards[0];
  for (let at = 0; at < code.length; at++) {
    for (const letter of ALPHABET) {
      if (letter === code[at]) continue;
      assert.deepEqual(readCode(code.slice(0, at) + letter + code.slice(at + 1)), { wrong: "wrong" });
    }
    if (at && code[at] !== code[at - 1]) {
      const swapped = code.slice(0, at - 1) + code[at] + code[at - 1] + code.slice(at + 1);
      assert.deepEqual(readCode(swapped), { wrong: "wrong" });
    }
  }
});

test("the part of an address after # gives the card and its policies", () => {
  for (const { text, code, policies, listed } of vectors.payloads) {
    const fragment = text.slice(text.indexOf("#"));
    assert.deepEqual(readFragment(fragment, policies), { code: code || null, policies: listed });
    assert.deepEqual(readFragment(`${fragment}&from=scanner`, policies), { code: code || null, policies: listed });
  }
});

test("anything else after # is no card", () => {
  const { text, policies } = vectors.payloads[0], fragment = text.slice(text.indexOf("#"));
  const broken = [
    "", "#", "#card", fragment.slice(0, 6), `${fragment}0`, fragment.toLowerCase(),
    fragment.replace(/..$/, "0Z"), fragment.replace(/..$/, "UU"),
  ];
  for (const each of broken) assert.equal(readFragment(each, policies), null, each);
});
