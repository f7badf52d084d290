import { readFileSync, writeFileSync } from 'node:fs'

/** A file of byte strings, each behind its length. Read parts do not share one buffer's lifetime with anything else. */

export function writeParts(file, parts) {
  const bytes = Buffer.alloc(parts.reduce((sum, part) => sum + 4 + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.writeUInt32LE(part.length, at)
    bytes.set(part, at + 4)
    at += 4 + part.length
  }
  writeFileSync(file, bytes)
}

export function readParts(file) {
  const bytes = readFileSync(file)
  const parts = []
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readUInt32LE(at)
    parts.push(new Uint8Array(bytes.subarray(at + 4, at + 4 + size)))
    at += 4 + size
  }
  return parts
}
