/** What is done to documents that nobody has open here: each errand opens one, does its work and closes it. */
import type { Client, Clock } from '@manyhands/client'
import type { Address, DocumentId, Person, RefusalReason } from '@manyhands/protocol'
import type { Environment } from '../environment.ts'

export type Obstacle = RefusalReason | 'no-answer'
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Obstacle }

/** A text that nobody brings within this many milliseconds is not waited for. Written is what is written: that waits. */
const PATIENCE = 15_000

type World = Pick<Environment, 'open' | 'clock'>

/** Resolves when the new document is on a server's disk, however long that takes, or when it never will be. */
export function make(world: World, id: DocumentId, me: Person, title: string, text: string): Promise<Outcome<null>> {
  return withClient(world.open(id, me, true), async (client) => {
    if (text !== '') client.edit([{ from: 0, to: 0, insert: text }])
    client.rename(title)
    return outcome(await until(client, isStored), () => null)
  })
}

/** Resolves as `make` does. */
export function rename(world: World, id: Address, me: Person, title: string): Promise<Outcome<string>> {
  return withClient(world.open(id, me, false), async (client) => {
    const obstacle = await until(client, ({ state }) => state.everSynced)
    if (obstacle !== null) return { ok: false, reason: obstacle }
    if (client.state.role === 'reader') return { ok: false, reason: 'forbidden' }
    client.rename(title)
    return outcome(await until(client, isStored), () => client.title)
  })
}

export interface Read {
  readonly title: string
  readonly text: string
  /** Whether a server says so. This device may lag behind. */
  readonly isFromServer: boolean
}

/** As a server has it now, or, where none can be reached, as this device has it. */
export function read(world: World, id: Address, me: Person): Promise<Outcome<Read>> {
  return withClient(world.open(id, me, false), async (client) => {
    const obstacle = await until(client, isAtHand, world.clock)
    return outcome(client.state.ready ? null : obstacle, () => {
      return { title: client.title, text: client.text(), isFromServer: client.state.everSynced }
    })
  })
}

async function withClient<T>(client: Client, work: (client: Client) => Promise<T>): Promise<T> {
  try {
    return await work(client)
  } finally {
    client.close()
  }
}

function outcome<T>(obstacle: Obstacle | null, value: () => T): Outcome<T> {
  return obstacle === null ? { ok: true, value: value() } : { ok: false, reason: obstacle }
}

function isAtHand({ state }: Client): boolean {
  return state.everSynced || (state.ready && state.connection === 'offline')
}

function isStored({ state }: Client): boolean {
  return state.connection === 'live' && state.unsavedCharacters === 0
}

/** What keeps it from ever holding, or null when it holds. With a clock it does not wait for ever. */
function until(client: Client, holds: (client: Client) => boolean, clock?: Clock): Promise<Obstacle | null> {
  return new Promise((resolve) => {
    const end = (obstacle: Obstacle | null): void => {
      stop()
      cancel?.()
      resolve(obstacle)
    }
    const look = (): void => {
      if (holds(client)) end(null)
      else if (client.state.connection === 'refused') end(client.state.reason ?? 'forbidden')
    }
    const stop = client.subscribe(look)
    const cancel = clock?.after(PATIENCE, () => end('no-answer'))
    look()
  })
}
