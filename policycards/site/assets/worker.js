"use strict";
// Keeps the site for when there is no network. What has a digest in its name never changes; pages are asked for anew, and
// come from what was kept where the network is slow or gone.
const VERSION = "@version@";
const FIRST = "@first@";
const LATER = "@later@";
const PATIENCE = 3000;
const NAME = `${registration.scope} ${VERSION}`;

// Asks the host, never what a browser or a host between has kept of its own accord. Some hosts redirect index.html to its
// folder, and no browser takes a redirected answer for a page: it is built anew.
async function asked(url) {
  const answer = await fetch(url, { cache: "no-cache" });
  return answer.redirected ? new Response(answer.body, { status: answer.status, headers: answer.headers }) : answer;
}

async function put(cache, file) {
  const answer = await asked(file);
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  await cache.put(file, answer);
}

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME)
    .then((cache) => Promise.all(FIRST.map((file) => put(cache, file))))
    .then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(`${registration.scope} `) && name !== NAME;
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "all") event.waitUntil(keepAll().then(() => event.source.postMessage("kept"), () => {}));
});

async function keepAll() {
  const cache = await caches.open(NAME);
  for (const file of LATER) {
    if (!await cache.match(file)) await put(cache, file);
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(registration.scope) || event.request.headers.has("range")) return;
  url.search = url.hash = "";
  if (url.pathname.endsWith("/")) url.pathname += "index.html";
  if (!/\.(html|js|css|svg|woff2)$/.test(url.pathname)) return;
  event.respondWith(url.pathname.endsWith(".html") ? newest(event.request, url.href) : unchanging(event.request, url.href));
});

async function unchanging(request, url) {
  return await caches.match(url) || fetch(request);
}

async function newest(request, url) {
  const cache = await caches.open(NAME);
  const answered = asked(request.url).then(async (answer) => {
    if (answer.ok) await cache.put(url, answer.clone());
    return answer;
  });
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(() => cache.match(url)).then((found) => found || answered);
  return Promise.race([answered, late]).catch(async (gone) => {
    const found = await cache.match(url);
    if (found) return found;
    throw gone;
  });
}
