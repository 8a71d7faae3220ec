// Sending what happened, and opening the village: in small batches, each event by itself, as often as needed.
import { heard, now } from "./clock.js";
import * as db from "./db.js";
import { isKept } from "./rules.js";
import { sha256 } from "./vendor/sha256.js";

const BATCH = 50;

// The ledger's answer to a question; throws {offline}, or {status, problem} where it refuses.
async function ask(path, { token, body, language }) {
  let answer;
  try {
    answer = await fetch(`/api/${path}`, {
      method: body ? "POST" : "GET",
      credentials: "omit",
      cache: "no-store",
      headers: {
        "Accept-Language": language,
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { "Content-Type": "application/json" }),
      },
      body: body && JSON.stringify(body),
    });
  } catch {
    throw { offline: true };
  }
  const content = await answer.json().catch(() => { throw { offline: true }; }); // a gateway's page is no answer
  if (!answer.ok) throw { status: answer.status, problem: content };
  if (content.at) heard(content.at);
  return content;
}

export const join = (body, language) => ask("join", { body, language });

// What the ledger gets of an event.
const wire = ({ id, kind, at, card, detail, evidence, other, household, corrects, doubtful = false }) => ({
  id, kind, at, card, detail, evidence, other, household, corrects, doubtful,
});

// Sends all that is waiting and opens the village anew. Two pages on one phone do so one after the other.
export async function synchronise(area, language) {
  const act = () => sendAll(area, language);
  return navigator.locks ? navigator.locks.request(`policycards ${area}`, act) : act();
}

const villageOf = async (area) => (await db.villages()).find((each) => each.area === area);

async function sendAll(area, language) {
  try {
    do {
      const waiting = (await db.eventsOf(area)).filter((event) => event.state === "waiting").sort((one, other) => one.made - other.made);
      for (let start = 0; start < waiting.length; start += BATCH) {
        await sendBatch(await villageOf(area), waiting.slice(start, start + BATCH), language);
      }
    } while (await open(await villageOf(area), language));
  } catch (refusal) {
    if (refusal.status === 401) await bar(area, refusal.problem.code);
    throw refusal;
  }
}

// The ledger lets this phone in no more. A revoked one (E648) loses its names; what it recorded stays, until a new slip lets
// it in.
async function bar(area, code) {
  const village = await villageOf(area);
  const list = code === "E648" ? null : village.list;
  await db.keepVillage({ ...village, list, barred: code });
}

// Whether the ledger was restored since this village last heard of it: then everything is sent again.
async function isNewEpoch(village, epoch) {
  if (village.epoch === epoch) return false;
  await db.beginEpoch(village.area, epoch);
  return true;
}

async function sendBatch(village, batch, language) {
  try {
    const body = { sent: new Date(now().time).toISOString(), events: batch.map(wire) };
    const { outcomes, token, at, epoch } = await ask("events", { token: village.token, body, language });
    await isNewEpoch(village, epoch);
    await db.changeEvents(outcomes.map(({ id, status, problem }) =>
      [id, status === "refused" ? { state: "refused", problem } : { state: "accepted", problem: null, heard: Date.parse(at) }]));
    await db.keepVillage({ ...village, token, epoch, barred: "", synced: Date.parse(at) });
  } catch (refusal) {
    if (![400, 422].includes(refusal.status)) throw refusal;
    // Something in the batch cannot even be read: one by one, so that it holds up nothing else.
    if (batch.length === 1) return db.changeEvents([[batch[0].id, { state: "refused", problem: refusal.problem }]]);
    for (const event of batch) await sendBatch(village, [event], language);
  }
}

// Opens the village anew; true where events are to be sent again first.
async function open(village, language) {
  const known = (await db.eventsOf(village.area)).filter((event) => event.state === "accepted");
  const list = await ask("village", { token: village.token, language });
  const isNew = await isNewEpoch(village, list.epoch), { token, epoch, safe } = list;
  await db.keepVillage({ ...village, list, token, epoch, safe, barred: "", synced: Date.parse(list.at) });
  if (isNew) return (await db.eventsOf(village.area)).length > 0;
  const closed = known.filter((event) => event.edition && !list.editions.includes(event.edition));
  await db.dropEvents(closed.filter((event) => !isKept(event, safe, Date.parse(list.at))).map((event) => event.id));
  await db.changeEvents(known.map((event) => [event.id, { included: true }]));
  return false;
}

// A file of what is not sent, for an office where there is never a network: codes and outcomes, no names.
export function carriedFile(village, waiting) {
  const sent = new Date(now().time).toISOString(), events = JSON.stringify(waiting.map(wire));
  const seal = sha256.hmac(village.sealing_key, `${sent}\n${events}`);
  return JSON.stringify({ device: village.device, sent, events, seal });
}
