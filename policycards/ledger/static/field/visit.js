// The village that is being visited: what is known of it, what was told, and how both are brought to the disk and the ledger.
import * as box from "./box.js";
import { bar, go, refresh } from "./moves.js";
import { kind, language, notice, say } from "./page.js";
import { KEPT, standingOf, uuid7 } from "./rules.js";
import { synchronise } from "./sending.js";

export const visit = { village: null, events: [] };
let isSending = false, isWanted = false;

export const list = () => visit.village.list;
export const waiting = () => visit.events.filter((event) => event.state === "waiting");
export const refused = () => visit.events.filter((event) => event.state === "refused");
export const householdOf = (id) => list().households.find((each) => each.id === id);
export const cardsOf = (id) => list().cards.filter((card) => card.household === id).map((card) => standingOf(card, visit.events));
// The card that a household is to get: of the newest edition, and still good.
export const cardOf = (id) => cardsOf(id).filter((card) => card.validity === "valid").sort((one, other) => (one.edition < other.edition ? 1 : -1))[0];
export const isDone = (card) => !card || card.status === "delivered";

export async function load(area) {
  const known = await box.villages();
  visit.village = known.find((each) => each.area === area) ?? known[0] ?? null;
  visit.events = visit.village ? await box.eventsOf(visit.village.area) : [];
  if (visit.village?.list && Date.now() - visit.village.synced > KEPT) {
    visit.village = { ...visit.village, list: null };
    await box.keepVillage(visit.village);
  }
}

export const trouble = ({ offline, problem }) => (problem ? `${problem.text}. ${problem.hint}` : offline ? say("offline") : say("failed"));

// Sends what waits and opens the village anew; quietly where nobody asked. What is told meanwhile is sent right after.
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
    await load(visit.village.area);
    if (!quietly || ["home", undefined].includes(history.state?.name)) refresh();
    bar();
  }
}

// Telling what happened: on the disk before it is called saved.
export async function tell(acts) {
  const now = Date.now(), ids = acts.map(() => uuid7(now));
  const made = acts.map(({ kind: name, detail = "", card, code, evidence, household = null, other = "" }, place) => ({
    id: ids[place], act: ids[0], area: visit.village.area, kind: name, detail, at: new Date(now).toISOString(), made: now + place,
    card: code ?? card.card, digest: card.card, edition: card.edition, evidence: code ? evidence : "typed",
    household, other, corrects: null, state: "waiting", problem: null,
    pile: list().households.find((each) => each.id === (card.household ?? household))?.pile ?? 0,
  }));
  await save(made);
  go("home");
  notice(`${say("saved")}: ${made[0].pile} · ${kind(made[0].kind === "bound" ? "spares" : "cards", made[0].kind, made[0].detail)}`, () => takeBack(ids[0]));
  send(true);
}

export async function save(made) {
  try {
    await box.keepEvents(made);
  } catch {
    notice(say("disk_full"));
    throw new Error("nothing was saved");
  }
  visit.events = await box.eventsOf(visit.village.area);
}

// Takes back all that was told in one act; the ledger is told so too, for it may have it already.
export async function takeBack(act) {
  const now = Date.now();
  const told = visit.events.filter((event) => event.act === act && event.kind !== "withdrawn");
  await save(told.map((event, place) => ({
    ...event, id: uuid7(now), act: uuid7(now), kind: "withdrawn", detail: "", at: new Date(now).toISOString(), made: now + place,
    household: null, other: "", corrects: event.id, state: "waiting", problem: null, included: false,
  })));
  go("home");
  notice(say("taken_back"));
  send(true);
}
