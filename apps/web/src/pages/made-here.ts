import { type Incarnation, incarnation, randomIncarnation } from '@manyhands/crdt'
import type { Address } from '@manyhands/protocol'
import type { Memory } from '../memory.ts'

const MADE_HERE = 'made-here'

/**
 * As what this tab has made up this document; null if it has not. A server may know it by that although nobody has written in it
 * yet, so a tab that is loaded again goes on with it.
 */
export function madeHere(tab: Memory, document: Address): Incarnation | null {
  const [made, began = ''] = (tab.recall(MADE_HERE) ?? '').split(' ')
  return made === document && /^[0-9a-f]{32}$/.test(began) ? incarnation(began) : null
}

/** Makes it up, unless that was done before. */
export function makeHere(tab: Memory, document: Address, random: () => number): Incarnation {
  const made = madeHere(tab, document) ?? randomIncarnation(random)
  tab.keep(MADE_HERE, `${document} ${made}`)
  return made
}
