// What the phone keeps, in IndexedDB: villages with what lets it in, and every event until its edition closes.
const NAME = "policycards-field", VERSION = 1;
let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
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
async function kept(stores, mode, act) {
  const transaction = (await database()).transaction(stores, mode, { durability: "strict" });
  return new Promise((resolve, reject) => {
    let result;
    transaction.oncomplete = () => resolve(result instanceof IDBRequest ? result.result : result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
    result = act(...stores.map((name) => transaction.objectStore(name)));
  });
}

export const villages = () => kept(["villages"], "readonly", (store) => store.getAll());
export const keepVillage = (village) => kept(["villages"], "readwrite", (store) => void store.put(village));
export const eventsOf = (area) => kept(["events"], "readonly", (store) => store.index("area").getAll(area));
export const keepEvents = (events) => kept(["events"], "readwrite", (store) => events.forEach((event) => store.put(event)));
export const dropEvents = (ids) => kept(["events"], "readwrite", (store) => ids.forEach((id) => store.delete(id)));

export const dropVillage = (area) => kept(["villages", "events"], "readwrite", (places, events) => {
  places.delete(area);
  const request = events.index("area").getAllKeys(area);
  request.onsuccess = () => request.result.forEach((id) => events.delete(id));
});

// Changes some facts of events that are still there.
export const changeEvents = (changes) => kept(["events"], "readwrite", (store) => {
  for (const [id, facts] of changes) {
    const request = store.get(id);
    request.onsuccess = () => request.result && store.put({ ...request.result, ...facts });
  }
});

// Asks the browser not to throw the box away when the phone is full.
export async function persist() {
  try {
    return await navigator.storage.persisted() || await navigator.storage.persist();
  } catch {
    return false;
  }
}
