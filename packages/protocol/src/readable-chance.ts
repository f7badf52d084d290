/** Letters and digits that nobody mistakes for one another (no i, l, o, 0, 1), for what is read aloud and typed by hand. */
export const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Each character is 4.95 bits of chance, from a source that answers numbers from 0 up to 1. */
export function readableChance(random: () => number, length: number): string {
  let text = ''
  for (let i = 0; i < length; i++) text += ALPHABET.charAt(Math.floor(random() * ALPHABET.length))
  if (text.length !== length) throw new Error(`Chance answered outside 0 to 1: ${text}`)
  return text
}
