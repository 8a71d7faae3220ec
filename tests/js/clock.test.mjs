// A phone's idea of the time: its own clock may be years wrong or be set at any moment.
import assert from "node:assert/strict";
import test from "node:test";
import { read } from "./scripts.mjs";

const HOUR = 3600_000, DAY = 24 * HOUR, NOON = Date.parse("2026-06-30T12:00:00Z");

// A phone that is switched on: its clock, its counter, what it kept of an earlier sitting.
function phone({ wall = NOON, kept = {} } = {}) {
  const state = { wall, steady: 1000, kept };
  const module = read("policycards/ledger/static/mobile/clock.js");
  const load = new Function("Date", "performance", "localStorage",
    `${module.replace(/^export /gm, "")}; return { heard, beginning, now, isDoubtful, trust };`);
  const storage = { getItem: (key) => state.kept[key] ?? null, setItem: (key, text) => { state.kept[key] = text; } };
  const date = { now: () => state.wall, parse: Date.parse };
  const clock = load(date, { now: () => state.steady }, storage);
  const pass = (time) => { state.wall += time; state.steady += time; };
  return { clock, state, pass };
}

test("without the ledger's word the phone's own clock is taken", () => {
  const { clock, pass } = phone();
  assert.deepEqual(clock.now(), { time: NOON, doubtful: false });
  pass(HOUR);
  assert.deepEqual(clock.now(), { time: NOON + HOUR, doubtful: false });
});

test("what the ledger says counts, however wrong the phone's clock is", () => {
  const { clock, pass } = phone({ wall: Date.parse("2011-01-01") });
  clock.heard(new Date(NOON).toISOString());
  pass(2 * HOUR);
  assert.deepEqual(clock.now(), { time: NOON + 2 * HOUR, doubtful: false });
});

test("a clock set back in the middle changes nothing", () => {
  const { clock, state, pass } = phone();
  clock.heard(new Date(NOON).toISOString());
  pass(HOUR);
  state.wall -= 400 * DAY;
  assert.deepEqual(clock.now(), { time: NOON + HOUR, doubtful: false });
});

test("a clock that jumps ahead more than a day is doubted", () => {
  const { clock, state } = phone();
  clock.heard(new Date(NOON).toISOString());
  state.wall += 3 * DAY;
  assert.deepEqual(clock.now(), { time: NOON, doubtful: true });
});

test("a counter that stood still while the phone slept costs nothing", () => {
  const { clock, state } = phone();
  clock.heard(new Date(NOON).toISOString());
  state.wall += 8 * HOUR;
  assert.deepEqual(clock.now(), { time: NOON + 8 * HOUR, doubtful: false });
});

test("a phone that begins anew keeps the difference that the ledger found", () => {
  const before = phone({ wall: NOON - 5000 * DAY });
  before.clock.heard(new Date(NOON).toISOString());
  const after = phone({ wall: NOON - 5000 * DAY + HOUR, kept: before.state.kept });
  assert.deepEqual(after.clock.now(), { time: NOON + HOUR, doubtful: false });
});

test("a phone away for longer than sixty days is asked what day it is, and believes the answer", () => {
  const before = phone();
  before.clock.heard(new Date(NOON).toISOString());
  const { clock } = phone({ wall: NOON + 61 * DAY, kept: before.state.kept });
  assert.equal(clock.isDoubtful(), true);
  clock.trust();
  assert.deepEqual(clock.now(), { time: NOON + 61 * DAY, doubtful: false });
});

test("a storage that is full or broken is no reason to stop", () => {
  const { clock } = phone({ kept: { "policycards-clock": "{" } });
  assert.deepEqual(clock.now(), { time: NOON, doubtful: false });
});
