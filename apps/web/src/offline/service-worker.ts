/// <reference lib="webworker" />
/**
 * Brings the page when no server can. It is built as a file of its own, and knows which files the page consists of. The shell and
 * what it needs are here as soon as it is installed; what is loaded later is kept when it is first used, or fetched by and by. The
 * documents themselves are none of its business, nor is anything that a server answers beside files.
 */
declare const self: ServiceWorkerGlobalScope

/** Filled in by the build: the name of this version, what the page needs to stand, and what it may load later. */
declare const APP: { readonly version: string; readonly core: readonly string[]; readonly later: readonly string[] }

const SHELL = '/'

/** Where the shell shows something: not `/d/….txt`, which is a file. */
const PAGES = /^\/(?:docs\/?|[dr]\/[^/.]+\/?)?$/

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting())
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (PAGES.test(url.pathname)) event.respondWith(shell(event))
  } else if (url.pathname.startsWith('/assets/') || APP.core.includes(url.pathname)) {
    event.respondWith(file(request))
  }
})

async function install(): Promise<void> {
  const cache = await caches.open(APP.version)
  // A file whose name has its content in it is the same in the version before; the shell has none.
  await Promise.all(APP.core.map(async (path) => cache.put(path, await freshOrKept(path))))
}

async function freshOrKept(path: string): Promise<Response> {
  const isNamedByContent = path.startsWith('/assets/')
  const kept = isNamedByContent ? await caches.match(path) : undefined
  if (kept !== undefined) return kept
  // What the page has just fetched for itself need not come again.
  const response = await fetch(path, { cache: isNamedByContent ? 'default' : 'no-cache' })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response
}

/** The version before stays for the tabs that still show it. */
async function activate(): Promise<void> {
  const versions = await caches.keys()
  await Promise.all(versions.slice(0, -2).map((version) => caches.delete(version)))
  await self.clients.claim()
  void fetchTheRest()
}

async function fetchTheRest(): Promise<void> {
  const cache = await caches.open(APP.version)
  for (const path of APP.later) {
    const response = await freshOrKept(path).catch(() => null)
    if (response === null) return
    await cache.put(path, response)
  }
}

/** At once from here; and what the server says now is for the next time. */
async function shell(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(APP.version)
  const kept = await cache.match(SHELL)
  if (kept === undefined) return fetch(event.request)
  event.waitUntil(refresh(cache, kept.clone()))
  return kept
}

/** The headers say where the page may connect to, and change with the servers. Another page is another version, and comes whole. */
async function refresh(cache: Cache, kept: Response): Promise<void> {
  const response = await fetch(SHELL, { cache: 'no-cache' }).catch(() => null)
  if (response === null || !response.ok) return
  const isSame = (await response.clone().text()) === (await kept.text())
  if (isSame) await cache.put(SHELL, response)
  else await self.registration.update().catch(() => undefined)
}

async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request)
  if (kept !== undefined) return kept
  const response = await fetch(request)
  if (response.ok) await (await caches.open(APP.version)).put(request, response.clone())
  return response
}

export {}
