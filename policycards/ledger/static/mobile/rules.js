// What a phone knows of cards: pure rules, without screen, storage or network.
import { sha256 } from "./vendor/sha256.js";

const HOUR = 3600_000;
const AGAIN = 60_000; // a slow phone takes its time to answer a finger
export const UNDO = 2 * HOUR; // as long as a visit; later only the township takes something back
export const KEPT = 14 * 24 * HOUR;
const QUARTER = 92 * 24 * HOUR;
const DIGEST = 16, SHORT = 8;

export const digest = (area, code) => sha256(`policycards field ${area} ${code}`).slice(0, DIGEST);

// Whether an event must stay on the phone: the ledger has not said that a backup has it, and no quarter has passed.
export const isKept = (event, safe, now) => event.state === "waiting"
  || !(event.heard && safe && event.heard < Date.parse(safe)) && now - event.made < QUARTER;

// A version 7 UUID (RFC 9562): in the order of time, made where it happened.
export function uuid7(now) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let at = 5, rest = now; at >= 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

// {code} of what a camera or a scanner read, {general} for a card of nobody's, {wrong} for anything else.
export function readScan(text) {
  const found = /\/c\/[0-9a-z]{1,8}\/[^#]*#([0-9A-Z]{12})/.exec(text);
  if (!found) return { wrong: "no-card" };
  if (/^U+$/.test(found[1])) return { general: true };
  return readCode(found[1]);
}

// What was typed or came from a scanner that types: an address, or a code in whatever spelling.
export const readTyped = (text) => (text.includes("#") ? readScan(text.trim()) : readCode(text));

// Events that count, in their order: without the refused, and without those taken back.
function standing(events) {
  const back = new Set(events.filter((event) => event.kind === "withdrawn").map((event) => event.corrects));
  return events.filter((event) => event.state !== "refused" && event.kind !== "withdrawn" && !back.has(event.id));
}

// Whether a household got a spare card, as the ledger or this phone says.
export const isGiven = (village, events, id) => village.spares.some((spare) => {
  const now = spareOf(spare, events);
  return now.status === "bound" && now.household === id;
});

// Whether an event says once more what another one, which still stands, says of the same card: a second tap.
export const isSame = (event, other, events) => event.digest === other.digest && event.kind === other.kind
  && event.detail === other.detail && event.household === other.household && event.state !== "refused"
  && other.made - event.made < AGAIN && !events.some((each) => each.kind === "withdrawn" && each.corrects === event.id);

// A card as the ledger last gave it and this phone has recorded since.
export function standingOf(card, events) {
  const now = { ...card, own: null };
  const about = standing(events).filter((event) => event.digest === card.card).sort((one, other) => one.made - other.made);
  for (const event of about) {
    if (event.included) {
      if (event.kind === now.status) now.own = event;
      continue;
    }
    if (event.kind === "collected") now.collected = true;
    else if (event.kind === "replaced") now.validity = "replaced";
    else if (now.status !== "delivered" || event.kind === "returned") {
      Object.assign(now, { status: event.kind, detail: event.detail, since: event.at, by: "", own: event });
    }
  }
  const withdrawn = events.filter((event) => event.kind === "withdrawn" && event.state !== "refused" && !event.included);
  const gone = withdrawn.find((event) => event.digest === card.card);
  const last = gone && events.find((event) => event.id === gone.corrects && event.included);
  if (last && last.kind === card.status && !now.own) Object.assign(now, { status: "waiting", since: null, by: "" });
  return now;
}

export function spareOf(spare, events) {
  const own = standing(events).find((event) => event.digest === spare.card && event.kind === "bound" && !event.included);
  return own ? { ...spare, status: "bound", household: own.household, own } : spare;
}

// What a code is to this village.
export function verdict(village, events, code) {
  const known = digest(village.area.code, code);
  const card = village.cards.find((each) => each.card === known);
  if (card) {
    const now = standingOf(card, events);
    const kind = now.validity !== "valid" ? now.validity : now.status === "delivered" ? "delivered" : now.status === "spoilt" ? "voided" : "right";
    return { kind, card: now };
  }
  const spare = village.spares.find((each) => each.card === known);
  if (spare) return { kind: "spare", spare: spareOf(spare, events) };
  const short = known.slice(0, SHORT);
  const place = village.neighbours.find(({ cards }) => {
    for (let at = cards.indexOf(short); at >= 0; at = cards.indexOf(short, at + 1)) if (at % SHORT === 0) return true;
    return false;
  });
  return place ? { kind: "other", place } : { kind: "unknown" };
}

// A text as it is looked for (by letters.js of the detail site), Tibetan digits as the others.
const sought = (text) => letters(text).replace(/[\u0f20-\u0f29]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x0f20 + 0x30));

// Households that a text means: the pile number alone, or each word in a name of either script or in pinyin.
export function find(households, text) {
  const number = sought(text);
  if (/^[0-9]+$/.test(number)) {
    const exact = households.filter((each) => each.pile === Number(number));
    return [...exact, ...households.filter((each) => each.pile !== Number(number) && String(each.pile).startsWith(number))];
  }
  const words = text.split(/[\s\u0f0d-\u0f14·]+/).map(sought).filter(Boolean);
  const scored = households.map((each) => ({ each, points: words.map((word) => fits(each, word)) }));
  return scored.filter(({ points }) => points.length && points.every(Boolean))
    .sort((one, other) => sum(other.points) - sum(one.points) || one.each.pile - other.each.pile)
    .map(({ each }) => each);
}

const sum = (points) => points.reduce((one, other) => one + other, 0);

function fits(household, word) {
  const sounds = household.pinyin.split(" "), names = [sought(household.bo), sought(household.zh)];
  if (names.some((name) => name.startsWith(word)) || sounds.some((sound) => sound.startsWith(word))) return 3;
  return names.some((name) => name.includes(word)) || sounds.some((sound) => sound.includes(word)) ? 2 : 0;
}
