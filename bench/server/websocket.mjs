import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'

/**
 * As little of a WebSocket client as a load generator needs, the same for every server: what it costs to read a frame that
 * nobody looks at must not be what is measured.
 */

export const TEXT = 1
export const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10

/** A frame as a client sends it. The mask is zero, which is a mask like another, so the bytes are as they were. */
export function frameOf(payload, opcode = BINARY) {
  const { length } = payload
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.alloc(head + 4 + length)
  frame[0] = 0x80 | opcode
  frame[1] = 0x80 | (head === 2 ? length : head === 4 ? 126 : 127)
  if (head === 4) frame.writeUInt16BE(length, 2)
  if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.set(payload, head + 4)
  return frame
}

/** Hands over each frame as `on(opcode, payload, time)`, and counts them and their bytes. `on` may be changed; null: drain. */
export class WebSocketClient {
  bytes = 0
  frames = 0
  isClosed = false
  onClose = () => {}
  on = null
  onText = null
  #socket
  #rest = null
  #isOpen = false

  static open(port, path) {
    return new Promise((resolve, reject) => new WebSocketClient(port, path, resolve, reject))
  }

  constructor(port, path, resolve, reject) {
    const socket = connect(port, '127.0.0.1')
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('connect', () => {
      const key = randomBytes(16).toString('base64')
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      )
    })
    socket.on('data', (chunk) => {
      const time = performance.now()
      const bytes = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk])
      this.#rest = null
      if (this.#isOpen) return this.#read(bytes, 0, time)
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) {
        this.#rest = bytes
        return
      }
      if (!bytes.subarray(0, 12).toString().startsWith('HTTP/1.1 101')) {
        reject(new Error(bytes.subarray(0, end).toString()))
        return socket.destroy()
      }
      this.#isOpen = true
      // Whoever waits for this must have set `on` before the first frame is read.
      resolve(this)
      queueMicrotask(() => this.#read(bytes, end + 4, time))
    })
    socket.on('error', reject)
    socket.on('close', () => {
      this.isClosed = true
      this.onClose()
    })
  }

  send(frame) {
    this.#socket.write(frame)
  }

  close() {
    this.#socket.destroy()
  }

  #read(bytes, from, time) {
    let at = from
    while (at + 2 <= bytes.length) {
      let length = bytes[at + 1] & 0x7f
      let body = at + 2
      if (length === 126) {
        if (at + 4 > bytes.length) break
        length = bytes.readUInt16BE(at + 2)
        body = at + 4
      } else if (length === 127) {
        if (at + 10 > bytes.length) break
        length = Number(bytes.readBigUInt64BE(at + 2))
        body = at + 10
      }
      const end = body + length
      if (end > bytes.length) break
      this.#take(bytes[at] & 0x0f, bytes, body, end, time)
      this.bytes += end - at
      this.frames++
      at = end
    }
    if (at < bytes.length) this.#rest = bytes.subarray(at)
  }

  #take(opcode, bytes, from, to, time) {
    if (opcode === BINARY) this.on?.(bytes.subarray(from, to), time)
    else if (opcode === TEXT) this.onText?.(bytes.toString('utf8', from, to))
    else if (opcode === PING) this.send(frameOf(bytes.subarray(from, to), PONG))
    else if (opcode === CLOSE) this.close()
  }
}
