import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'
import { frameOf, WebSocketClient } from './websocket.mjs'

/** What the servers that speak Yjs have in common; they differ in what stands before each message. */

const SYNC = 0
const AWARENESS = 1

/** @param {{ address(document): string, preamble(encoder, document): void, greet(socket, document): void, skip(decoder): void }} dialect */
export function yjsClient({ address, preamble, greet, skip }) {
  const message = (document, type, write) => {
    const encoder = encoding.createEncoder()
    preamble(encoder, document)
    encoding.writeVarUint(encoder, type)
    write(encoder)
    return frameOf(encoding.toUint8Array(encoder))
  }

  class Writer {
    doc = new Y.Doc()
    text = this.doc.getText('text')
    awareness = new Awareness(this.doc)
    id = this.doc.clientID
    #update = null

    constructor(document) {
      this.document = document
      this.doc.on('update', (update) => {
        this.#update = update
      })
      clearInterval(this.awareness._checkInterval)
    }

    type(character) {
      this.text.insert(this.text.length, character)
      return message(this.document, SYNC, (encoder) => sync.writeUpdate(encoder, this.#update))
    }

    framesOfHistory(edits) {
      this.doc.transact(() => {
        for (const [position, deleted, inserted] of edits) {
          if (deleted > 0) this.text.delete(position, deleted)
          if (inserted !== '') this.text.insert(position, inserted)
        }
      })
      const update = Y.encodeStateAsUpdate(this.doc)
      return [message(this.document, SYNC, (encoder) => sync.writeUpdate(encoder, update))]
    }

    remember() {
      return { vector: Y.encodeStateVector(this.doc) }
    }
  }

  /** As ours; what a page does with a cursor is the same in all editors that are bound to Yjs. */
  function cursor(writer) {
    const at = Y.createRelativePositionFromTypeIndex(writer.text, writer.text.length)
    const user = { name: 'Ann Author', color: '#336699' }
    writer.awareness.setLocalState({ user, cursor: { anchor: at, head: at } })
    return message(writer.document, AWARENESS, (encoder) =>
      encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(writer.awareness, [writer.id])),
    )
  }

  async function join({ port, document, version = null, on = null }) {
    const socket = await WebSocketClient.open(port, address(document))
    return new Promise((resolve, reject) => {
      socket.onClose = () => reject(new Error('closed before the document came'))
      const vector = version?.vector ?? Y.encodeStateVector(new Y.Doc())
      const hello = message(document, SYNC, (encoder) => {
        encoding.writeVarUint(encoder, sync.messageYjsSyncStep1)
        encoding.writeVarUint8Array(encoder, vector)
      })
      const helloAt = performance.now()
      const bytesBefore = socket.bytes
      socket.on = (payload, time) => {
        const decoder = decoding.createDecoder(payload)
        skip(decoder)
        if (decoding.readVarUint(decoder) !== SYNC) return
        if (decoding.readVarUint(decoder) !== sync.messageYjsSyncStep2) return
        const update = decoding.readVarUint8Array(decoder).slice()
        socket.onClose = () => {}
        socket.on = on?.edits ? (payload, time) => hear(payload, time, on) : null
        resolve({
          socket,
          update,
          received: rangesOf(update),
          helloAt,
          welcomedAt: time,
          wireBytes: () => socket.bytes - bytesBefore + hello.length,
        })
      }
      greet(socket, document)
      socket.send(hello)
    })
  }

  function hear(payload, time, on) {
    const decoder = decoding.createDecoder(payload)
    skip(decoder)
    if (decoding.readVarUint(decoder) !== SYNC) return
    if (decoding.readVarUint(decoder) !== sync.messageYjsUpdate) return
    for (const [client, from, to] of rangesOf(decoding.readVarUint8Array(decoder))) on.edits(client, from, to, time)
  }

  function openCopy({ update }) {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    return doc.getText('text').toString().length
  }

  return { Writer, join, cursor, openCopy, newDocument: () => `document-${Math.random().toString(36).slice(2)}` }
}

function rangesOf(update) {
  return Y.decodeUpdate(update).structs.map(({ id, length }) => [id.client, id.clock, id.clock + length])
}
