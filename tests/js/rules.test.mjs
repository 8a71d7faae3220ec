// What a phone decides by itself: whose card a code is, how a card stands, which names a text means.
import assert from "node:assert/strict";
import test from "node:test";
import { loadScript, vectors } from "./scripts.mjs";

loadScript("policycards/site/assets/code.js");
loadScript("policycards/site/assets/letters.js");
const rules = await import("../../policycards/ledger/static/mobile/rules.js");

const DAY = 24 * 3600_000;
const [CARD, OTHER, THIRD] = vectors.cards.map((each) => each.code);
const AREA = "990101001001";
const SPARE = vectors.spares[0].code;

const digestOf = (code) => vectors.cards.concat(vectors.spares).find((each) => each.code === code).digest;
const card = (code, facts = {}) => ({
  card: digestOf(code), status: "waiting", validity: "valid", since: null, by: "", ...facts,
});
const village = () => ({
  area: { code: AREA },
  cards: [card(CARD), card(OTHER, { status: "delivered" })],
  spares: [{ card: digestOf(SPARE), status: "blank" }],
  neighbours: [{ name: "next", cards: `00000000${digestOf(THIRD).slice(0, 8)}` }],
});
let made = 0;
const event = (code, kind, facts = {}) => ({
  id: `e${++made}`, digest: digestOf(code), kind, detail: "", household: null, corrects: null,
  state: "waiting", included: false, made, at: new Date(made).toISOString(), ...facts,
});

test("digests of codes are those of the ledger", () => {
  for (const each of [...vectors.cards, ...vectors.spares]) assert.equal(rules.digest(each.area, each.code), each.digest);
});

test("a scan gives a card, a card of nobody, or says that it is none", () => {
  for (const { text, code } of vectors.payloads) {
    assert.deepEqual(rules.readScan(text), code ? { code } : { general: true });
  }
  for (const text of ["", "https://example.com/", "weixin://x", "4X4YTPCBW31S"]) {
    assert.deepEqual(rules.readScan(text), { wrong: "no-card" });
  }
  assert.deepEqual(rules.readTyped(` ${vectors.payloads[0].text} `), { code: vectors.payloads[0].code });
  assert.deepEqual(rules.readTyped("4x4y-tpcb-w31s"), { code: "4X4YTPCBW31S" });
});

test("a code is right, delivered, a spare, another village's, or unknown", () => {
  const kinds = [CARD, OTHER, SPARE, THIRD, vectors.cards[3].code].map((code) => rules.verdict(village(), [], code).kind);
  assert.deepEqual(kinds, ["right", "delivered", "spare", "other", "unknown"]);
});

test("a neighbour's digests are compared only where one begins", () => {
  const shifted = village();
  shifted.neighbours[0].cards = `0000${digestOf(THIRD).slice(0, 8)}0000`;
  assert.equal(rules.verdict(shifted, [], THIRD).kind, "unknown");
});

test("what this phone recorded counts until it is refused or taken back", () => {
  const delivered = event(CARD, "relative", { kind: "delivered", detail: "relative" });
  assert.equal(rules.verdict(village(), [delivered], CARD).kind, "delivered");
  assert.equal(rules.verdict(village(), [{ ...delivered, state: "refused" }], CARD).kind, "right");
  const back = event(CARD, "withdrawn", { corrects: delivered.id });
  assert.equal(rules.verdict(village(), [delivered, back], CARD).kind, "right");
});

test("an absence does not undo a delivery, a return does", () => {
  const delivered = event(CARD, "delivered"), absent = event(CARD, "absent"), returned = event(CARD, "returned");
  assert.equal(rules.standingOf(card(CARD), [delivered, absent]).status, "delivered");
  assert.equal(rules.standingOf(card(CARD), [delivered, absent, returned]).status, "returned");
});

test("a replaced card is not handed out", () => {
  assert.equal(rules.verdict(village(), [event(CARD, "replaced")], CARD).kind, "replaced");
});

test("a spare belongs to the household that it was given to", () => {
  const bound = event(SPARE, "bound", { household: 5 });
  assert.equal(rules.spareOf(village().spares[0], [bound]).household, 5);
  assert.equal(rules.isGiven(village(), [bound], 5), true);
  assert.equal(rules.isGiven(village(), [bound], 6), false);
});

test("a second tap within a minute is the same event, a later one is not", () => {
  const one = event(CARD, "absent", { made: 1000 }), again = event(CARD, "absent", { made: 60_999 });
  assert.equal(rules.isSame(one, again, [one]), true);
  assert.equal(rules.isSame(one, { ...again, made: 61_000 }, [one]), false);
  assert.equal(rules.isSame(one, again, [one, event(CARD, "withdrawn", { corrects: one.id })]), false);
});

test("an event stays on the phone until a backup has it, or a quarter has passed", () => {
  const now = Date.parse("2026-06-30T00:00:00Z"), heard = now - DAY;
  const safe = (days) => new Date(now - days * DAY).toISOString();
  assert.equal(rules.isKept({ state: "waiting", made: 0 }, safe(0), now), true);
  assert.equal(rules.isKept({ state: "accepted", made: now - DAY, heard }, safe(2), now), true);
  assert.equal(rules.isKept({ state: "accepted", made: now - DAY, heard }, safe(0), now), false);
  assert.equal(rules.isKept({ state: "accepted", made: now - 93 * DAY, heard }, null, now), false);
});

test("ids are version 7 UUIDs in the order of time, each its own", () => {
  const ids = [1, 2].map(() => rules.uuid7(1_767_225_600_000));
  for (const id of ids) assert.match(id, /^019b76da-a800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(ids[0], ids[1]);
  assert.ok(rules.uuid7(1) < rules.uuid7(2));
});

test("names are found in both scripts and in pinyin however they are typed", () => {
  const households = [
    { id: 1, pile: 7, bo: "བཀྲ་ཤིས་ཚེ་རིང་", zh: "扎西次仁", pinyin: "zhaxiciren zxcr" },
    { id: 2, pile: 33, bo: "སྒྲོལ་མ་", zh: "卓玛", pinyin: "zhuoma zm" },
    { id: 3, pile: 70, bo: "བཀྲ་ཤིས་", zh: "扎西", pinyin: "zhaxi zx" },
  ];
  const wanted = {
    7: [1, 3], "༧": [1, 3], 33: [2], "བཀྲ་ཤིས་ཚེ་རིང་": [1], "བཀྲཤིསཚེརིང": [1], "ཚེ་རིང": [1], "སྒྲོལ་མ": [2],
    扎西: [1, 3], 卓玛: [2], zxcr: [1], zhuo: [2], ZhaXi: [1, 3], tashi: [], "扎西 次仁": [1], "": [],
  };
  for (const [text, ids] of Object.entries(wanted)) {
    assert.deepEqual(rules.find(households, text).map((each) => each.id), ids, text);
  }
});
