export { broadcastTabs } from './broadcast-channel.ts'
export { browserWakeups } from './browser.ts'
export {
  type Client,
  type ClientOptions,
  type ClientState,
  openDocument,
  type Registers,
  type Reversal,
  type Wakeups,
} from './client.ts'
export { type Clock, systemClock } from './clock.ts'
export type { Keeping } from './device.ts'
export { indexedDbOffline } from './indexed-db.ts'
export { type Leases, webLocks } from './leases.ts'
export type { DocumentStore, Entry, Note, Offline, Saved, SavedCopy, Unsent } from './offline.ts'
export { OfflineError, type Trouble } from './offline.ts'
export type { ServerMemory } from './servers.ts'
export { socketIoTransport } from './socket-io.ts'
export type { TabChannel, TabMessage, Tabs } from './tabs.ts'
export type { Connection, ConnectionEvents, Transport } from './transport.ts'
