import * as Automerge from '@automerge/automerge'
import { randomBits } from './ids.mjs'

/** One change for each edit, as an editor makes them. Index changes by `patchCallback`. Saved states are deflated inside. */
export const name = 'automerge'
export const packages = ['@automerge/automerge']
export const bundle = { entry: '@automerge/automerge/slim', wasm: '@automerge/automerge/automerge.wasm' }
export const compressed = true

const PATH = ['text']
const actor = (replica) =>
  (randomBits(replica, 64).toString(16) + randomBits(replica + 1e6, 64).toString(16)).padStart(32, '0')

class AutomergeDoc {
  constructor(doc, { changes = false } = {}) {
    this.doc = doc
    this.patches = null
    this.options = changes ? { patchCallback: (patches) => (this.patches = patches) } : {}
  }
  edit(position, deleted, inserted) {
    this.doc = Automerge.change(this.doc, (draft) => Automerge.splice(draft, PATH, position, deleted, inserted))
  }
  editForUpdate(position, deleted, inserted) {
    this.edit(position, deleted, inserted)
    return Automerge.getLastLocalChange(this.doc)
  }
  apply(change) {
    this.patches = null
    this.doc = Automerge.applyChanges(this.doc, [change], this.options)[0]
    return this.patches
  }
  applyMerged(bytes) {
    this.patches = null
    this.doc = Automerge.loadIncremental(this.doc, bytes, this.options)
    return this.patches
  }
  text() {
    return this.doc.text
  }
  everything() {
    return Automerge.save(this.doc)
  }
  save() {
    return Automerge.save(this.doc)
  }
  mark() {
    return Automerge.getHeads(this.doc)
  }
  since(mark) {
    return Automerge.saveSince(this.doc, mark)
  }
}

/** All replicas begin with the same first change, which makes the empty text. */
const origin = Automerge.save(
  Automerge.change(Automerge.init({ actor: '00'.repeat(16) }), { time: 0 }, (draft) => (draft.text = '')),
)

export function create(replica, options) {
  return load(origin, replica, options)
}

export function load(bytes, replica, options) {
  return new AutomergeDoc(Automerge.load(bytes, { actor: actor(replica) }), options)
}

export function changes(patches) {
  return (patches ?? []).flatMap(({ action, path, value = '', length = 1 }) => {
    if (path.length < 2) return []
    return action === 'del' ? [[path[1], length, '']] : action === 'splice' ? [[path[1], 0, value]] : []
  })
}

/** Its own protocol, until neither has anything to say. Answers the messages, and the states to go on from, saved and loaded. */
export function sync(here, there, { states = [Automerge.initSyncState(), Automerge.initSyncState()] } = {}) {
  const messages = []
  const docs = [here, there]
  for (let quiet = 0, from = 1; quiet < 2; from = 1 - from) {
    const [state, message] = Automerge.generateSyncMessage(docs[from].doc, states[from])
    states[from] = state
    quiet = message === null ? quiet + 1 : 0
    if (message === null) continue
    messages.push(message)
    const to = 1 - from
    ;[docs[to].doc, states[to]] = Automerge.receiveSyncMessage(docs[to].doc, states[to], message)
  }
  return { messages, states: states.map((state) => Automerge.decodeSyncState(Automerge.encodeSyncState(state))) }
}
