// Keeps the page of check-in, so that a phone that put it to sleep opens it again without a network.
// The list itself lies in the page's own storage; what is kept here names nobody but whoever is signed in.

const name = 'kexie-check-in-1'
/** A network that does not answer is none. */
const patience = 4000

const isPage = ({ pathname }) => /^\/console\/events\/[\w-]+\/check-in$/.test(pathname)
const isPart = ({ pathname }) => /^\/(?:console\/)?assets\/|^\/console\/qr\//.test(pathname)

globalThis.addEventListener('install', () => globalThis.skipWaiting())
globalThis.addEventListener('activate', (event) => event.waitUntil(globalThis.clients.claim()))

globalThis.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  const isKept = url.origin === globalThis.location.origin && (isPage(url) || isPart(url))
  if (event.request.method === 'GET' && isKept) event.respondWith(answer(event.request))
})

async function answer(request) {
  const kept = await caches.open(name)
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(patience) })
    if (response.ok && !response.redirected) await kept.put(request, response.clone())
    return response
  } catch (error) {
    const before = await kept.match(request, { ignoreSearch: true })
    if (before) return before
    throw error
  }
}
