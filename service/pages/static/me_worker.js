// Keeps one's own seven days, without the words of cases, for where there is no network. KEPT names the
// version and stands before this. Whatever is not a page of one's own week goes past it untouched.
const PAGE = "/me/offline";

async function keep() {
  const answer = await fetch(PAGE, { redirect: "manual", credentials: "same-origin" });
  // Signed out, or the link has ended: nothing may stay.
  if (!answer.ok) return wipe();
  const cache = await caches.open(KEPT);
  const text = await answer.clone().text();
  const files = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, path]) => path);
  await Promise.all(files.map((path) => cache.match(path).then((known) => known ?? cache.add(path))));
  // The page comes last: it is shown only with all that belongs to it.
  await cache.put(PAGE, answer);
}

async function wipe() {
  for (const name of await caches.keys()) if (name.startsWith("lianxin-me-")) await caches.delete(name);
}

async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.type === "opaqueredirect" || answer.redirected || answer.status === 401 || answer.status === 403) await wipe();
    return answer;
  } catch (error) {
    const kept = await caches.match(PAGE);
    if (!kept) throw error;
    return kept;
  }
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("lianxin-me-") && name !== KEPT).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  ),
);
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = request.url.slice(self.location.origin.length).split("?")[0];
  if (request.mode === "navigate") {
    event.respondWith(page(request));
    if (path === "/me") event.waitUntil(keep().catch(() => {}));
  } else if (request.method === "GET" && path.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(() => caches.match(request).then((kept) => kept ?? Response.error())));
  }
});
