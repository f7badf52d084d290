import type { Result } from '@manyhands/crdt'
import { type Reader, read, Writer } from '@manyhands/crdt/bytes'
import { isRefusalReason, type Refusal } from './refusals.ts'

/** Most messages are far shorter; the memory of a longer one is given back. */
const CAPACITY = 65_536

/** One for all messages: none is begun before the last one is finished. */
let writer = new Writer(CAPACITY)

/** The message's number, then its fields. */
export function encodeMessage<M>(number: number, m: M, write: (w: Writer, m: M) => void): Uint8Array {
  try {
    writer.byte(number)
    write(writer, m)
    const bytes = writer.finish()
    if (bytes.length > CAPACITY) writer = new Writer(CAPACITY)
    return bytes
  } catch (error) {
    // What was begun must not stand before the next message.
    writer = new Writer(CAPACITY)
    throw error
  }
}

/** Reads a whole message. A failure that has a refusal's name is that refusal; every other one is a bad message. */
export function decodeMessage<T>(bytes: Uint8Array, readMessage: (r: Reader) => T): Result<T, Refusal> {
  const result = read(bytes, readMessage)
  if (result.ok) return result
  const { code, message, offset } = result.error
  if (isRefusalReason(code)) return { ok: false, error: { reason: code, detail: message } }
  return { ok: false, error: { reason: 'bad-message', detail: `${code} at byte ${offset}: ${message}` } }
}
