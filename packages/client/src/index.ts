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
export type { ServerMemory } from './servers.ts'
export { socketIoTransport } from './socket-io.ts'
export type { Connection, ConnectionEvents, Transport } from './transport.ts'
