/** Names and colours that were given, not chosen, give way to equal ones of those who were here before. */
import type { Person } from '@manyhands/protocol'
import { defaultName, pick } from './default-name.ts'
import { WHEEL } from './wheel.ts'

/** What I have chosen myself stays, whoever else has it. */
export interface Chosen {
  readonly name: boolean
  readonly color: boolean
}

/** Where there are many, an equal name is not worth looking further. */
const TRIES = 20

/** The same object where nothing is equal. `random` gives numbers in [0, 1). */
export function givingWay(me: Person, chosen: Chosen, others: readonly Person[], random: () => number): Person {
  const name = chosen.name ? me.name : unusedName(me.name, new Set(others.map((other) => other.name)), random)
  const color = chosen.color ? me.color : unusedColor(me.color, new Set(others.map((other) => other.color)), random)
  return name === me.name && color === me.color ? me : { ...me, name, color }
}

function unusedName(mine: string, used: ReadonlySet<string>, random: () => number): string {
  let name = mine
  for (let n = 0; n < TRIES && used.has(name); n += 1) name = defaultName(random)
  return name
}

function unusedColor(mine: string, used: ReadonlySet<string>, random: () => number): string {
  const [first, ...more] = WHEEL.filter(({ color }) => !used.has(color))
  return used.has(mine) && first !== undefined ? pick([first, ...more], random).color : mine
}
