/** What the tabs of one browser have in common in a document, so that they are one person to the others. */
import type { Address } from '@manyhands/protocol'
import type { Memory } from '../memory.ts'

const SECRET = 'secret'

/** Another one in every document: nobody can tell by it that two people of two documents are the same. */
export function deviceKey(device: Memory, random: () => number, document: Address): string {
  const secret = device.recall(SECRET) ?? Array.from({ length: 4 }, () => random().toString(36).slice(2)).join('')
  device.keep(SECRET, secret)
  return digitsOf(`${secret} ${document}`)
}

/** 48 bits of a string, as 12 hex digits: two lanes of FNV-1a, which nobody turns back into a secret of more bits than that. */
function digitsOf(text: string): string {
  let low = 0x811c9dc5
  let high = 0x9747b28c
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193)
    high = Math.imul(high ^ text.charCodeAt(i), 0x85ebca6b) ^ (low >>> 13)
  }
  return `${hex(high >>> 16, 4)}${hex(low >>> 0, 8)}`
}

function hex(n: number, digits: number): string {
  return n.toString(16).padStart(digits, '0')
}
