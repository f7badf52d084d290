import type { Client, ClientState } from '@manyhands/client'
import { type DocumentId, parseDocumentId } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { make, read, rename } from './errands.ts'

const ID = parseDocumentId('abcdefghjkmnpqrstuvwxyz234') as DocumentId
const ANN = { name: 'Ann', color: '#4660db' }

/** A document whose server does what the test says, and the time the test lets pass. */
class Stage {
  readonly said: string[] = []
  private readonly listeners = new Set<() => void>()
  private readonly timers = new Set<() => void>()
  private state: Partial<ClientState> = { connection: 'joining', everSynced: false, ready: false, unsavedCharacters: 0 }

  readonly world = {
    clock: {
      now: () => 0,
      soon: (call: () => void) => queueMicrotask(call),
      after: (_ms: number, call: () => void) => {
        this.timers.add(call)
        return () => this.timers.delete(call)
      },
    },
    open: (): Client => this.client(),
  }

  becomes(state: Partial<ClientState>): void {
    this.state = { ...this.state, ...state }
    for (const listener of [...this.listeners]) listener()
  }

  timeIsUp(): void {
    for (const call of [...this.timers]) call()
  }

  get waiting(): number {
    return this.listeners.size + this.timers.size
  }

  private client(): Client {
    const stage = this
    const part: Partial<Client> = {
      get state() {
        return stage.state as ClientState
      },
      get title() {
        return 'Title'
      },
      text: () => 'text',
      edit: ([edit]) => {
        stage.said.push(`edit ${edit?.insert}`)
        stage.becomes({ unsavedCharacters: 1 })
      },
      rename: (title) => {
        stage.said.push(`rename ${title}`)
        stage.becomes({ unsavedCharacters: 1 })
      },
      subscribe: (listener) => {
        stage.listeners.add(listener)
        return () => stage.listeners.delete(listener)
      },
      close: () => stage.said.push('close'),
    }
    return part as Client
  }
}

test('a new document is made when all of it is stored, and no sooner', async () => {
  const stage = new Stage()
  const made = make(stage.world, ID, ANN, 'notes.md', '# Notes')
  stage.becomes({ connection: 'live' })
  stage.timeIsUp()
  expect(stage.said).toEqual(['edit # Notes', 'rename notes.md'])
  stage.becomes({ unsavedCharacters: 0 })
  expect(await made).toEqual({ ok: true, value: null })
  expect(stage.said.at(-1)).toBe('close')
  expect(stage.waiting).toBe(0)
})

test('what a server refuses is refused by its reason, and closed', async () => {
  const stage = new Stage()
  const made = make(stage.world, ID, ANN, 'notes.md', '')
  stage.becomes({ connection: 'refused', reason: 'document-too-large' })
  expect(await made).toEqual({ ok: false, reason: 'document-too-large' })
  expect(stage.said).toEqual(['rename notes.md', 'close'])
})

test('who may only read does not rename', async () => {
  const stage = new Stage()
  const renamed = rename(stage.world, ID, ANN, 'Mine')
  stage.becomes({ connection: 'live', everSynced: true, ready: true, role: 'reader' })
  expect(await renamed).toEqual({ ok: false, reason: 'forbidden' })
  expect(stage.said).toEqual(['close'])
})

test('a text is read when a server has given it', async () => {
  const stage = new Stage()
  const text = read(stage.world, ID, ANN)
  stage.becomes({ ready: true })
  expect(stage.said).toEqual([])
  stage.becomes({ connection: 'live', everSynced: true })
  expect(await text).toEqual({ ok: true, value: { title: 'Title', text: 'text', isFromServer: true } })
})

test('where no server can be reached, this device’s own copy is read', async () => {
  const stage = new Stage()
  const text = read(stage.world, ID, ANN)
  stage.becomes({ ready: true })
  stage.becomes({ connection: 'offline' })
  expect(await text).toMatchObject({ ok: true, value: { isFromServer: false } })
})

test('a text that nobody has is waited for, but not for ever', async () => {
  const stage = new Stage()
  const text = read(stage.world, ID, ANN)
  stage.becomes({ connection: 'offline' })
  stage.timeIsUp()
  expect(await text).toEqual({ ok: false, reason: 'no-answer' })
  expect(stage.waiting).toBe(0)
})
