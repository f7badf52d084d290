/** The keys of links to edit that this device was given. */
import type { Address } from '@manyhands/protocol'
import type { Memory } from '../memory.ts'

/** A server that has not heard of the latest yet knows one of those before. */
const MOST = 4

/** With spaces between, the latest first: as a server wants to be shown them. */
export function keysOf(device: Memory, id: Address): string {
  return device.recall(nameOf(id)) ?? ''
}

/** The key that a link to edit needs; empty where the id is enough, as far as this device knows. */
export function latestKeyOf(device: Memory, id: Address): string {
  return keysOf(device, id).split(' ')[0] ?? ''
}

export function rememberKey(device: Memory, id: Address, key: string): void {
  const others = keysOf(device, id)
    .split(' ')
    .filter((other) => other !== '' && other !== key)
  device.keep(nameOf(id), [key, ...others].slice(0, MOST).join(' '))
}

function nameOf(id: Address): string {
  return `keys.${id}`
}
