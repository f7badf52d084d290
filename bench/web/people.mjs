import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { openDocument, socketIoTransport, systemClock } from '../../packages/client/dist/index.js'

/**
 * Somebody without a window, in either product's words: `ready()`, `length`, `insert(at, text)`, `remove(at, count)`, `saved()`, and
 * `markAt(index)` with `indexOf(mark)`, a place that moves with the text. Each shows where they write, as a page does.
 */

const COLORS = ['#c2410c', '#4660db', '#15803d', '#a21caf', '#0e7490']

export const peopleOf = {
  ours: (...about) => new OurPerson(...about),
  'y-websocket': (...about) => new YPerson(...about),
}

class OurPerson {
  constructor(url, document, n, create) {
    this.client = openDocument({
      document,
      servers: [url],
      person: { name: `Writer ${n}`, color: COLORS[n % COLORS.length] },
      create,
      transport: socketIoTransport,
      clock: systemClock,
      random: Math.random,
    })
    this.length = 0
    this.client.onRemote((edits) => {
      for (const { from, to, insert } of edits) this.length += insert.length - (to - from)
    })
  }

  async ready() {
    await this.#until(({ connection, ready }) => ready && connection === 'live')
    this.length = this.client.text().length
  }

  insert(at, text) {
    this.client.edit([{ from: at, to: at, insert: text }])
    this.length += text.length
    this.client.setSelection(at + text.length, at + text.length)
  }

  remove(at, count) {
    this.client.edit([{ from: at, to: at + count, insert: '' }])
    this.length -= count
    this.client.setSelection(at, at)
  }

  markAt(index) {
    return this.client.anchorAt(index, 'after')
  }

  indexOf(mark) {
    return this.client.indexOf(mark)
  }

  text() {
    return this.client.text()
  }

  saved() {
    return this.#until(({ connection, unsavedCharacters }) => connection === 'live' && unsavedCharacters === 0)
  }

  close() {
    this.client.close()
  }

  async #until(holds) {
    if (holds(this.client.state)) return
    await new Promise((resolve) => {
      const stop = this.client.subscribe(() => {
        if (!holds(this.client.state)) return
        stop()
        resolve()
      })
    })
  }
}

class YPerson {
  #doc = new Y.Doc()
  #text = this.#doc.getText('text')

  constructor(url, document, n) {
    this.provider = new WebsocketProvider(url.replace('http', 'ws'), document, this.#doc, {
      WebSocketPolyfill: WebSocket,
      disableBc: true,
    })
    this.provider.awareness.setLocalStateField('user', {
      name: `Writer ${n}`,
      color: COLORS[n % COLORS.length],
      colorLight: `${COLORS[n % COLORS.length]}33`,
    })
  }

  async ready() {
    if (!this.provider.synced) await new Promise((resolve) => this.provider.once('sync', resolve))
  }

  get length() {
    return this.#text.length
  }

  insert(at, text) {
    this.#text.insert(at, text)
    this.#show(at + text.length)
  }

  remove(at, count) {
    this.#text.delete(at, count)
    this.#show(at)
  }

  markAt(index) {
    return Y.createRelativePositionFromTypeIndex(this.#text, index, 0)
  }

  indexOf(mark) {
    return Y.createAbsolutePositionFromRelativePosition(mark, this.#doc)?.index ?? null
  }

  text() {
    return this.#text.toString()
  }

  /** It never says that it has stored something: what its socket has taken counts. */
  async saved() {
    while (this.provider.ws.bufferedAmount > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await new Promise((resolve) => setTimeout(resolve, 200))
  }

  close() {
    this.provider.destroy()
    this.#doc.destroy()
  }

  #show(at) {
    const place = Y.createRelativePositionFromTypeIndex(this.#text, at)
    this.provider.awareness.setLocalStateField('cursor', { anchor: place, head: place })
  }
}
