// Sending what happened, and opening the village: in small batches, each event by itself, as often as needed.
import * as box from "./box.js";
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
  const told = await answer.json().catch(() => { throw { offline: true }; }); // a gateway's page is no answer
  if (!answer.ok) throw { status: answer.status, problem: told };
  return told;
}

export const join = (body, language) => ask("join", { body, language });

// What the ledger gets of an event.
const wire = ({ id, kind, at, card, detail, evidence, other, household, corrects }) => ({
  id, kind, at, card, detail, evidence, other, household, corrects,
});

// Sends all that is waiting and opens the village anew. Two pages on one phone do so one after the other.
export async function synchronise(area, language) {
  const act = () => sendAll(area, language);
  return navigator.locks ? navigator.locks.request(`policycards ${area}`, act) : act();
}

async function sendAll(area, language) {
  const village = async () => (await box.villages()).find((each) => each.area === area);
  const waiting = (await box.eventsOf(area)).filter((event) => event.state === "waiting").sort((one, other) => one.made - other.made);
  for (let start = 0; start < waiting.length; start += BATCH) {
    await sendBatch(await village(), waiting.slice(start, start + BATCH), language);
  }
  await open(await village(), language);
}

async function sendBatch(village, batch, language) {
  try {
    const body = { sent: new Date().toISOString(), events: batch.map(wire) };
    const { outcomes, token } = await ask("events", { token: village.token, body, language });
    await box.changeEvents(outcomes.map(({ id, status, problem }) =>
      [id, status === "refused" ? { state: "refused", problem } : { state: "accepted", problem: null }]));
    await box.keepVillage({ ...village, token, synced: Date.now() });
  } catch (refusal) {
    if (![400, 422].includes(refusal.status)) throw refusal;
    // Something in the batch cannot even be read: one by one, so that it holds up nothing else.
    if (batch.length === 1) return box.changeEvents([[batch[0].id, { state: "refused", problem: refusal.problem }]]);
    for (const event of batch) await sendBatch(village, [event], language);
  }
}

async function open(village, language) {
  const known = (await box.eventsOf(village.area)).filter((event) => event.state === "accepted");
  const list = await ask("village", { token: village.token, language });
  await box.keepVillage({ ...village, list, token: list.token, synced: Date.now() });
  const closed = known.filter((event) => event.edition && !list.editions.includes(event.edition));
  await box.dropEvents(closed.map((event) => event.id));
  await box.changeEvents(known.map((event) => [event.id, { included: true }]));
}

// A file of what is not sent, for an office where there is never a network: codes and outcomes, no names.
export function carriedFile(village, waiting) {
  const sent = new Date().toISOString(), events = JSON.stringify(waiting.map(wire));
  const seal = sha256.hmac(village.sealing_key, `${sent}\n${events}`);
  return JSON.stringify({ device: village.device, sent, events, seal });
}
