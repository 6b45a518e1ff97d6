// SPDX-License-Identifier: EUPL-1.2
// Keeps the page without network and what it is made of, and nothing else: no page with anything of anybody, no answer of
// the server. What is not in the list goes to the network as if this were not here.
const TOLD = {{ told|safe }};
const NAME = TOLD.prefix + TOLD.version;
const FILES = new Set(TOLD.files.map((file) => new URL(file, self.location).href));
const SHELL = new URL(TOLD.shell, self.location).href;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(NAME).then((cache) =>
      Promise.all(
        [...FILES].map(async (file) => {
          const answer = await fetch(file, { cache: "reload", credentials: "same-origin", redirect: "error" });
          if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
          await cache.put(file, answer);
        }),
      ),
    ),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith(TOLD.prefix) && name !== NAME).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The page asks for it once nothing is being typed: a new version never takes a page away from under somebody.
self.addEventListener("message", (event) => {
  if (event.data === "activar") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  url.search = url.hash = "";
  const wanted = request.mode === "navigate" && url.href === SHELL ? SHELL : request.mode === "navigate" ? null : request.url;
  if (!wanted || !FILES.has(wanted)) return;
  event.respondWith(caches.open(NAME).then((cache) => cache.match(wanted)).then((kept) => kept ?? fetch(request)));
});
