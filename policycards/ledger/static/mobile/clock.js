// The ledger's time as far as this phone knows it. Its own clock may be years wrong, and may be put right at any moment:
// what the ledger said last is the anchor, from there a counter runs that nobody can set, and where neither helps the
// time is called doubtful.
const KEY = "policycards-clock", HOUR = 3600_000, DAY = 24 * HOUR;
const SLOW = 2 * 60_000; // what an answer may take on a weak network
const GAP = 60 * DAY; // a phone that was away longer is asked what day it is

let base = null; // {time, wall, steady, doubtful} of this sitting

const kept = () => { try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; } };
const keep = (facts) => { try { localStorage.setItem(KEY, JSON.stringify(facts)); } catch { /* full */ } };

// What the ledger says the time is, just now.
export function heard(at) {
  const time = Date.parse(at), wall = Date.now();
  base = { time, wall, steady: performance.now(), doubtful: false };
  keep({ time, wall, last: time });
}

// Where a sitting begins: the clock itself, or the clock with the difference that the ledger found, whichever can be true.
export function beginning(known, wall) {
  if (!known) return { time: wall, doubtful: false };
  const possible = (time) => time >= known.last - SLOW && time <= known.last + GAP;
  const found = [wall, wall + known.time - known.wall].find(possible);
  return found === undefined ? { time: known.last, doubtful: true } : { time: found, doubtful: false };
}

// {time, doubtful}: milliseconds since 1970.
export function now() {
  const wall = Date.now(), steady = performance.now();
  base = base || { ...beginning(kept(), wall), wall, steady };
  const counted = steady - base.steady, passed = wall - base.wall;
  // The counter may stand still while the phone sleeps; a clock that goes back, or a day ahead, was set by somebody.
  const isSet = passed - counted < -SLOW || passed - counted > DAY;
  const time = Math.round(base.time + (isSet ? counted : passed));
  const known = kept();
  if (known && !base.doubtful && time > known.last) keep({ ...known, last: time });
  return { time, doubtful: base.doubtful || (isSet && passed > counted) };
}

// Whether somebody has to say what day it is before names are forgotten for being old.
export const isDoubtful = () => now().doubtful;

// Somebody has said that the clock is right.
export function trust() {
  base = { time: Date.now(), wall: Date.now(), steady: performance.now(), doubtful: false };
  keep({ ...(kept() || { time: base.time, wall: base.wall }), last: base.time });
}
