import { fileURLToPath } from 'node:url'
import { Doc, decodeUpdate, emptyVersion, incarnation, partsOf, replicaId } from '../../packages/crdt/dist/index.js'
import {
  decodeServerMessage,
  encodeClientMessage,
  PROTOCOL_VERSION,
  randomDocumentId,
} from '../../packages/protocol/dist/index.js'
import { serverOptions } from '../../scripts/workspace.mjs'
import { frameOf, TEXT, WebSocketClient } from './websocket.mjs'

/** Our server, spoken to in its protocol (docs/PROTOCOL.md) over a bare WebSocket. */

const ORIGIN = incarnation('0123456789abcdef0123456789abcdef')
const PATH = '/socket.io/?EIO=4&transport=websocket'
const text = (line) => frameOf(Buffer.from(line), TEXT)

let replicas = 1

export const ours = {
  id: 'ours',
  title: 'Manyhands',
  tellsStored: true,
  serve: (port, folder) => ({
    options: serverOptions,
    main: fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url)),
    env: { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: folder, NODE_ENV: 'production' },
    ready: /Manyhands is at/,
  }),
  newDocument: () => randomDocumentId(Math.random),
  join,
  Writer: class {
    id = replicaId(replicas++)
    doc = Doc.create({ replica: this.id, incarnation: ORIGIN })
    #pushes = 0

    /** The frame that tells of one more character at the end of what this writer has written. */
    type(character) {
      return this.frameOf(this.doc.edit([{ from: this.doc.length, to: this.doc.length, insert: character }]))
    }

    frameOf(update) {
      return frameOf(encodeClientMessage({ type: 'push', n: ++this.#pushes, update }))
    }

    /** A document's whole history, as a client that had it alone would bring it. */
    framesOfHistory(edits) {
      for (const [position, deleted, inserted] of edits)
        this.doc.edit([{ from: position, to: position + deleted, insert: inserted }])
      return partsOf(this.doc, this.doc.updateSince(emptyVersion), 500_000).map((update) => this.frameOf(update))
    }

    remember() {
      return { version: this.doc.version() }
    }
  },
  /** Writes down what a welcome says, as a page would have it. */
  openCopy({ update }) {
    const doc = Doc.create({ replica: replicaId(replicas++), incarnation: ORIGIN })
    doc.apply(update)
    return doc.text().length
  },
  cursor: (writer) => {
    const at = writer.doc.anchorAt(writer.doc.length, 'before')
    const person = { name: 'Ann Author', color: '#336699' }
    return frameOf(
      encodeClientMessage({ type: 'presence', state: { person, selection: { anchor: at, head: at }, idle: false } }),
    )
  },
}

/**
 * Joins a document. Resolves with the member when the welcome is there; from then on calls `on.edits(id, from, to, time)` for the
 * characters that come, and `on.stored(n)`, if these are given. Whoever gives neither only drains.
 */
async function join({ port, document, writer, version = null, on = null }) {
  const socket = await WebSocketClient.open(port, PATH)
  const replica = writer?.id ?? replicaId(replicas++)
  return new Promise((resolve, reject) => {
    socket.onClose = () => reject(new Error('closed before welcome'))
    let helloAt = 0
    let bytesBefore = 0
    let helloBytes = 0
    socket.onText = (line) => {
      if (line[0] === '2') return socket.send(text('3'))
      if (line[0] === '0') return socket.send(text('4{"type":0}'))
      if (!line.startsWith('4{"type":0')) return
      const person = { name: 'Ann Author', color: '#336699' }
      const hello = encodeClientMessage({
        type: 'hello',
        protocol: PROTOCOL_VERSION,
        document,
        replica,
        incarnation: ORIGIN,
        token: '',
        person,
        version: version?.version ?? null,
      })
      helloAt = performance.now()
      bytesBefore = socket.bytes
      helloBytes = frameOf(hello).length
      socket.send(frameOf(hello))
    }
    socket.on = (payload, time) => {
      const message = decodeServerMessage(payload)
      if (!message.ok) return reject(new Error(message.error.detail))
      if (message.value.type === 'refused') return reject(new Error(message.value.reason))
      if (message.value.type !== 'welcome') return
      socket.onClose = () => {}
      socket.on = on === null ? null : (payload, time) => hear(payload, time, on)
      const { update } = message.value
      resolve({
        socket,
        update,
        received: rangesOf(update),
        helloAt,
        welcomedAt: time,
        wireBytes: () => socket.bytes - bytesBefore + helloBytes,
      })
    }
  })
}

const STORED = 3

function hear(payload, time, on) {
  // Most members of a room hear `stored` often and are not asked about it.
  if (payload[0] === STORED && !on.stored) return
  const message = decodeServerMessage(payload)
  if (!message.ok) throw new Error(message.error.detail)
  const { value } = message
  if (value.type === 'updates') {
    for (const update of value.updates)
      for (const { replica, from, to } of update.inserts) on.edits?.(replica, from, to, time)
  } else if (value.type === 'stored') on.stored?.(value.n)
  else if (value.type === 'refused' || value.type === 'resync' || value.type === 'bye')
    throw new Error(`${value.type} ${value.reason}`)
}

function rangesOf(update) {
  return decodeUpdate(update.bytes).value.inserts.map(({ replica, from, to }) => [replica, from, to])
}
