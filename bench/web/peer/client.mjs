import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

/** What the page imports from @manyhands/client, done with Yjs and y-websocket. It keeps no document on the device, as neither does. */

export function openDocument(options) {
  return new YClient(options)
}

const NO_REGISTERS = { title: '', language: '', 'edit-key': '', 'read-key': '' }

class YClient {
  doc = new Y.Doc()
  ytext = this.doc.getText('text')
  registers = NO_REGISTERS
  title = ''
  members = []
  #listeners = new Set()
  #isReady
  #state = null

  constructor({ document, person, servers, create }) {
    this.me = person
    this.#isReady = create
    this.provider = new WebsocketProvider(servers[0].replace('http', 'ws'), document, this.doc, { disableBc: true })
    this.awareness = this.provider.awareness
    this.setPerson(person)
    this.provider.on('status', () => this.#changed())
    this.provider.once('sync', () => {
      this.#isReady = true
      this.#changed()
    })
    this.awareness.on('change', () => {
      this.members = [...this.awareness.getStates()]
        .filter(([client, { user }]) => client !== this.doc.clientID && user)
        .map(([client, { user }]) => ({
          member: client,
          state: { person: { name: user.name, color: user.color }, selection: null, idle: false },
        }))
      this.#changed()
    })
  }

  #changed() {
    this.#state = null
    for (const listener of this.#listeners) listener()
  }

  get state() {
    this.#state ??= {
      connection: this.provider.wsconnected ? 'live' : 'joining',
      reason: null,
      detail: '',
      retryAt: null,
      lostAt: null,
      role: 'writer',
      unsavedCharacters: 0,
      unsavedSince: null,
      replicas: 1,
      servers: 1,
      moves: 0,
      stateHash: null,
      storedAt: null,
      everSynced: this.#isReady,
      ready: this.#isReady,
      keeping: 'none',
      foundDamaged: false,
    }
    return this.#state
  }

  text() {
    return this.ytext.toString()
  }

  setPerson(person) {
    this.me = person
    this.awareness.setLocalStateField('user', { ...person, colorLight: `${person.color}33` })
  }

  subscribe(listener) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close() {
    this.provider.destroy()
    this.doc.destroy()
  }

  onRemote() {
    return () => {}
  }

  /** Yjs has no hash of a state to show. */
  hash() {
    return ''
  }

  anchorAt() {
    return 'start'
  }

  indexOf() {
    return null
  }

  setRegister() {}
  rename() {}
  setSelection() {}
  setTop() {}
  reconnectNow() {}
  addKey() {}
}

export const systemClock = {
  now: () => Date.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  },
  soon: (then) => queueMicrotask(then),
}

export const socketIoTransport = null
export const browserWakeups = null
export const broadcastTabs = null
export const webLocks = null
export const indexedDbOffline = () => null
