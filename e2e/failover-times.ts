/**
 * How long a writer waits when a server dies or hangs: `npm run failover-times`, after a build. ROUNDS=20 by default. Ends with
 * an error where somebody waits longer than promised.
 */
import { once } from 'node:events'
import { type Client, openDocument, socketIoTransport, systemClock, type Transport } from '@manyhands/client'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import { Server } from './server.ts'

const rounds = Number(process.env.ROUNDS ?? 20)
const KEYSTROKE = 40

const servers = await Server.startPeers(3)
/** Seconds. */
interface Goal {
  readonly median: number
  readonly worst: number
}

const whenKilled: Goal = { median: 2, worst: 5 }
const whenStopped: Goal = { median: 10, worst: 10 }
const kill = (server: Server): Promise<void> => server.kill()
const stop = (server: Server): void => server.stop()
const few = Math.ceil(rounds / 4)
await measure(`kill -9, ${rounds} times: typing is stored by another server`, rounds, kill, true, whenKilled)
await measure(`kill -STOP, ${few} times: typing is stored by another server`, few, stop, true, whenStopped)
await measure(`kill -STOP, ${few} times, nobody types: another server has welcomed`, few, stop, false, whenStopped)
for (const server of servers) await server.throwAway()

type Blow = (server: Server) => Promise<void> | void

/** From the moment something befalls a writer's server until all that was typed, before and since, is stored by another. */
async function measure(what: string, times: number, befall: Blow, writesOn: boolean, goal: Goal): Promise<void> {
  const seconds: number[] = []
  for (let round = 0; round < times; round++) {
    seconds.push(await oneRound(befall, writesOn))
    for (const server of servers) {
      server.goOn()
      await server.start()
    }
  }
  seconds.sort((a, b) => a - b)
  const [median = Infinity, worst = Infinity] = [seconds[Math.floor(times / 2)], seconds.at(-1)]
  console.log(`${what} after ${median.toFixed(2)} s (median), ${worst.toFixed(2)} s (worst)`)
  if (median < goal.median && worst < goal.worst) return
  console.log(`  It should be less than ${goal.median} s (median) and ${goal.worst} s (worst)`)
  process.exitCode = 1
}

async function oneRound(befall: Blow, writesOn: boolean): Promise<number> {
  const document = randomDocumentId(Math.random)
  const [first] = servers
  const writer = open(document, first?.url ?? '', true)
  let typed = ''
  const type = (): void => {
    const key = String.fromCharCode(97 + (typed.length % 26))
    writer.client.edit([{ from: typed.length, to: typed.length, insert: key }])
    typed += key
  }
  type()
  await until(writer.client, ({ state }) => state.replicas === servers.length && state.unsavedCharacters === 0)

  const typing = writesOn ? setInterval(type, KEYSTROKE) : undefined
  const server = servers.find(({ url }) => url === writer.calls.at(-1))
  if (!server) throw new Error(`No server at ${writer.calls.at(-1)}`)
  const before = typed.length
  const began = performance.now()
  const befallen = befall(server)
  await until(writer.client, ({ state }) => state.moves === 1 && (typed.length > before || !writesOn))
  const seconds = (performance.now() - began) / 1000
  await befallen

  clearInterval(typing)
  await until(writer.client, ({ state }) => state.unsavedCharacters === 0)
  const reader = open(document, writer.calls.at(-1) ?? '', false)
  await until(reader.client, ({ state }) => state.ready)
  if (reader.client.text() !== typed) throw new Error(`Typed ${typed.length}, found ${reader.client.text().length}`)
  reader.client.close()
  writer.client.close()
  return seconds
}

interface Open {
  readonly client: Client
  /** The addresses it has called. */
  readonly calls: readonly string[]
}

function open(document: DocumentId, url: string, create: boolean): Open {
  const calls: string[] = []
  const transport: Transport = {
    connect(called, on) {
      calls.push(called)
      return socketIoTransport.connect(called, on)
    },
  }
  const person = { name: 'Writer', color: '#4660db' }
  const world = { transport, clock: systemClock, random: Math.random }
  return { client: openDocument({ document, servers: [url], person, create, ...world }), calls }
}

async function until(client: Client, holds: (client: Client) => boolean): Promise<void> {
  const changed = new EventTarget()
  const stop = client.subscribe(() => changed.dispatchEvent(new Event('change')))
  while (!holds(client)) await once(changed, 'change')
  stop()
}
