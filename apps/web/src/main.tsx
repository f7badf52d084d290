/** Where the page meets the world: time, chance, storage, the address bar and the network come in here and nowhere else. */
import {
  broadcastTabs,
  browserWakeups,
  indexedDbOffline,
  openDocument,
  socketIoTransport,
  systemClock,
  webLocks,
} from '@manyhands/client'
import { parseDocumentId, parseLinkKey, randomDocumentId, randomLinkKey } from '@manyhands/protocol'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { WithActions } from './actions/with-actions.tsx'
import { App } from './app.tsx'
import { type Environment, EnvironmentContext } from './environment.ts'
import { speakAsRemembered } from './language/use-language.ts'
import { libraryIn } from './library/library.ts'
import { parseAddress } from './library/where.ts'
import { memoryIn } from './memory.ts'
import { appVersion } from './offline/app-version.ts'
import { CrashBoundary } from './pages/crash-page.tsx'
import { madeHere, makeHere } from './pages/made-here.ts'
import { deviceKey } from './people/device-key.ts'
import { serversIn } from './servers.ts'
import { keysOf } from './sharing/keys.ts'
import './theme/style.css'

/** By then one types, on all but the slowest devices. */
const AFTER_LOADING = 1000

const device = memoryIn(() => localStorage)

const workers = import.meta.env.PROD ? navigator.serviceWorker : undefined
const offline = indexedDbOffline('manyhands')
const tab = memoryIn(() => sessionStorage)

const environment: Environment = {
  app: appVersion(workers, location, systemClock, whenLoaded),
  random,
  clock: systemClock,
  device,
  library: libraryIn({ open: () => localStorage, onOtherTabs, parseAddress }),
  tab,
  newDocumentId: () => randomDocumentId(random),
  parseDocumentId,
  newLinkKey: () => randomLinkKey(random),
  parseLinkKey,
  open: (document, person, create) =>
    openDocument({
      document,
      person,
      create,
      madeHere: create ? makeHere(tab, document, random) : madeHere(tab, document),
      token: keysOf(device, document),
      servers: [location.origin],
      transport: socketIoTransport,
      clock: systemClock,
      random,
      wakeups: browserWakeups,
      memory: serversIn(device),
      offline,
      tabs: broadcastTabs,
      leases: webLocks,
      device: deviceKey(device, random, document),
    }),
}

/** The worker fetches the page once more, for later: it may not compete for the network and the processor with the page that is awaited. */
function whenLoaded(call: () => void): void {
  window.addEventListener('load', () => systemClock.after(AFTER_LOADING, call))
}

/** A number in [0, 1) of 53 bits that nobody can guess: document ids are made of it, and whoever knows one may write. */
function random(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2))
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53
}

/** The browser tells of what other tabs have written, and not of what this one has. */
function onOtherTabs(listener: () => void): () => void {
  window.addEventListener('storage', listener)
  return () => window.removeEventListener('storage', listener)
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element #root')
const spoken = await speakAsRemembered(device, navigator.languages)
createRoot(root).render(
  <StrictMode>
    <EnvironmentContext value={environment}>
      <CrashBoundary client={null}>
        <WithActions>
          <App spoken={spoken} />
        </WithActions>
      </CrashBoundary>
    </EnvironmentContext>
  </StrictMode>,
)
