/** Bytes as hex digits: incarnations, state hashes, colours. */
export function hexOfBytes(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte < 16 ? `0${byte.toString(16)}` : byte.toString(16)
  return hex
}

export function bytesOfHex(hex: string): Uint8Array {
  if (hex.length % 2 === 1) refuse(hex)
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = digitAt(hex, 2 * i) * 16 + digitAt(hex, 2 * i + 1)
  return bytes
}

function digitAt(hex: string, i: number): number {
  const code = hex.charCodeAt(i)
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : refuse(hex)
}

function refuse(hex: string): never {
  throw new RangeError(`Not pairs of lower-case hex digits: ${hex}`)
}
