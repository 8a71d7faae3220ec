// Recording what happened: on the disk before it is called saved, once however often a button is pressed, and taken back
// whole.
import { now } from "./clock.js";
import * as db from "./db.js";
import { kind, language, notice, say } from "./page.js";
import { bar, go, refresh } from "./router.js";
import { isSame, uuid7 } from "./rules.js";
import { synchronise } from "./sync.js";
import { list, load, visit } from "./visit.js";

let isSending = false, isWanted = false, isRecording = false;

export const trouble = ({ offline, problem }) => (problem ? `${problem.text}. ${problem.hint}` : offline ? say("offline") : say("failed"));

// Sends what waits and opens the village anew; quietly where nobody asked. What is recorded meanwhile is sent right after.
export async function send(quietly) {
  if (!visit.village) return;
  if (isSending) {
    isWanted = true;
    return;
  }
  isSending = true;
  if (!quietly) notice(say("sending"));
  try {
    do {
      isWanted = false;
      await synchronise(visit.village.area, language());
    } while (isWanted);
    if (!quietly) notice(say("sent"));
  } catch (refusal) {
    if (!quietly || refusal.status === 401) notice(trouble(refusal));
    if (!refusal.offline && !refusal.status) throw refusal;
  } finally {
    isSending = false;
    const had = Boolean(visit.village.list);
    await load(visit.village.area);
    const { name } = history.state || {};
    if (!quietly || name === "home" || name === undefined || (had && !visit.village.list)) refresh();
    bar();
  }
}

// Records what somebody did in one act. A second tap on a slow phone finds the act done.
export async function record(acts) {
  if (isRecording) return;
  isRecording = true;
  try {
    const { time, doubtful } = now(), ids = acts.map(() => uuid7(time));
    const made = acts.map(({ kind: name, detail = "", card, code, evidence, household = null, other = "" }, place) => ({
      id: ids[place], act: ids[0], area: visit.village.area, kind: name, detail, at: new Date(time).toISOString(), made: time + place,
      card: code || card.card, digest: card.card, edition: card.edition, evidence: code ? evidence : "typed",
      household, other, corrects: null, state: "waiting", problem: null, doubtful,
      pile: (list().households.find((each) => each.id === (card.household || household)) || { pile: 0 }).pile,
    }));
    const before = visit.events.find((event) => isSame(event, made[0], visit.events));
    if (!before) await save(made);
    const first = before || made[0];
    go("home");
    notice(`${say("saved")}: ${first.pile} · ${kind(first.kind === "bound" ? "spares" : "cards", first.kind, first.detail)}`, () => takeBack(first.act));
  } finally {
    isRecording = false;
  }
  send(true);
}

export async function save(made) {
  try {
    await db.keepEvents(made);
  } catch {
    notice(say("disk_full"));
    throw new Error("nothing was saved");
  }
  visit.events = await db.eventsOf(visit.village.area);
}

// Takes back all that was recorded in one act, and whatever says the same of the same card; the ledger is told so too, for
// it may have it already.
export async function takeBack(act) {
  const { time, doubtful } = now();
  const back = new Set(visit.events.filter((event) => event.kind === "withdrawn").map((event) => event.corrects));
  const standing = visit.events.filter((event) => event.kind !== "withdrawn" && !back.has(event.id));
  const meant = standing.filter((event) => event.act === act);
  const gone = standing.filter((event) => meant.some((each) => each.digest === event.digest && each.kind === event.kind && each.detail === event.detail));
  await save(gone.map((event, place) => ({
    ...event, id: uuid7(time), act: uuid7(time), kind: "withdrawn", detail: "", at: new Date(time).toISOString(), made: time + place,
    household: null, other: "", corrects: event.id, state: "waiting", problem: null, included: false, heard: null, doubtful,
  })));
  go("home");
  notice(say("taken_back"));
  send(true);
}
