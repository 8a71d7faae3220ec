// Keeps the page on the phone, so that it opens without a network. VERSION and SHELL stand above, put there by the server:
// another version is another worker, which fetches everything anew and then takes over.
self.addEventListener("install", (event) => {
  const fetched = SHELL.map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(fetched)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("field-") && name !== VERSION);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin || !SHELL.includes(pathname)) return;
  event.respondWith(caches.open(VERSION).then((cache) => cache.match(pathname)).then((kept) => kept || fetch(event.request)));
});
