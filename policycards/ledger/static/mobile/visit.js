// The village that is being visited, as this phone keeps it. Nothing here knows a screen.
import { isDoubtful, now } from "./clock.js";
import * as db from "./db.js";
import { isGiven, KEPT, standingOf } from "./rules.js";

export const visit = { village: null, events: [], isClockAsked: false, isClockWrong: false };

export const list = () => visit.village.list;
export const waiting = () => visit.events.filter((event) => event.state === "waiting");
export const refused = () => visit.events.filter((event) => event.state === "refused");
export const householdOf = (id) => list().households.find((each) => each.id === id);
export const cardsOf = (id) => list().cards.filter((card) => card.household === id).map((card) => standingOf(card, visit.events));
// The card that a household is to get: of the newest edition, and still good.
export const cardOf = (id) => cardsOf(id).filter((card) => card.validity === "valid").sort((one, other) => (one.edition < other.edition ? 1 : -1))[0];
// A household has its card when it was delivered, or when a spare took its place.
export const isDone = (id) => {
  const card = cardOf(id);
  return card ? card.status === "delivered" : hasSpare(id);
};
export const hasSpare = (id) => isGiven(list(), visit.events, id);
export const isServed = (id) => Boolean(cardOf(id)) || hasSpare(id);

export const known = async () => (await db.villages()).filter((each) => !each.forgotten);

export async function load(area) {
  const villages = await known();
  visit.village = villages.find((each) => each.area === area) || villages[0] || null;
  visit.events = visit.village ? await db.eventsOf(visit.village.area) : [];
  const isInDoubt = isDoubtful();
  visit.isClockAsked = Boolean(visit.village && visit.village.list) && isInDoubt && !visit.isClockWrong;
  if (!visit.village || !visit.village.list || isInDoubt) return;
  if (now().time - visit.village.synced > KEPT) await forgetNames();
}

// Names leave the phone; what lets it in and what it recorded stay.
export async function forgetNames() {
  visit.village = { ...visit.village, list: null };
  await db.keepVillage(visit.village);
}
