// What the phone keeps, in IndexedDB: villages with what lets it in, and every event until it is safe.
const NAME = "policycards-field", VERSION = 1;
let opened = null;

function database() {
  opened = opened || new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("villages", { keyPath: "area" });
      request.result.createObjectStore("events", { keyPath: "id" }).createIndex("area", "area");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

// Runs in one transaction; done only when the disk has it, so that "saved" is never said too early.
async function inTransaction(stores, mode, act) {
  const transaction = (await database()).transaction(stores, mode, { durability: "strict" });
  return new Promise((resolve, reject) => {
    let result;
    transaction.oncomplete = () => resolve(result instanceof IDBRequest ? result.result : result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
    result = act(...stores.map((name) => transaction.objectStore(name)));
  });
}

export const villages = () => inTransaction(["villages"], "readonly", (store) => store.getAll());
export const keepVillage = (village) => inTransaction(["villages"], "readwrite", (store) => void store.put(village));
export const eventsOf = (area) => inTransaction(["events"], "readonly", (store) => store.index("area").getAll(area));
export const keepEvents = (events) => inTransaction(["events"], "readwrite", (store) => events.forEach((event) => store.put(event)));
export const dropEvents = (ids) => inTransaction(["events"], "readwrite", (store) => ids.forEach((id) => store.delete(id)));
export const dropVillage = (area) => inTransaction(["villages"], "readwrite", (store) => void store.delete(area));

// Changes some facts of events that are still there.
export const changeEvents = (changes) => inTransaction(["events"], "readwrite", (store) => {
  for (const [id, facts] of changes) {
    const request = store.get(id);
    request.onsuccess = () => request.result && store.put({ ...request.result, ...facts });
  }
});

// The ledger is in another epoch than the one this village knew: everything is sent again, since it may have forgotten it.
export const beginEpoch = (area, epoch) => inTransaction(["villages", "events"], "readwrite", (places, events) => {
  const place = places.get(area), known = events.index("area").getAll(area);
  place.onsuccess = () => place.result && places.put({ ...place.result, epoch });
  known.onsuccess = () => known.result.forEach((event) =>
    events.put({ ...event, state: "waiting", problem: null, included: false, heard: null }));
});

// Asks the browser not to throw this away when the phone is full.
export async function persist() {
  try {
    return await navigator.storage.persisted() || await navigator.storage.persist();
  } catch {
    return false;
  }
}
