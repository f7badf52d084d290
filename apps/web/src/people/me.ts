/** My name and colour on this device. */
import type { Person } from '@manyhands/protocol'
import { useCallback, useState } from 'react'
import type { Environment } from '../environment.ts'
import { defaultName, pick } from './default-name.ts'
import { givingWay } from './give-way.ts'
import { WHEEL } from './wheel.ts'

export interface Me {
  readonly person: Person
  /** Chosen by myself. */
  readonly change: (person: Person) => void
  /** To those who were here before me, in what I have not chosen. */
  readonly giveWay: (others: readonly Person[]) => void
}

const NAME = 'name'
const COLOR = 'color'
/** Which of them I have chosen. */
const CHOSEN = { [NAME]: 'chose-name', [COLOR]: 'chose-color' } as const

/** A new device is given a name and a colour, and keeps them. */
export function useMe({ device, random }: Pick<Environment, 'device' | 'random'>): Me {
  const [person, setPerson] = useState(() => recalled({ device, random }))
  const keep = useCallback(
    (next: Person): void => {
      device.keep(NAME, next.name)
      device.keep(COLOR, next.color)
      setPerson(next)
    },
    [device],
  )
  const change = (next: Person): void => {
    for (const what of [NAME, COLOR] as const) if (next[what] !== person[what]) device.keep(CHOSEN[what], 'yes')
    keep(next)
  }
  const giveWay = useCallback(
    (others: readonly Person[]): void => {
      const chosen = { name: device.recall(CHOSEN.name) !== null, color: device.recall(CHOSEN.color) !== null }
      const now = recalled({ device, random })
      const next = givingWay(now, chosen, others, random)
      if (next !== now) keep(next)
    },
    [device, random, keep],
  )
  return { person, change, giveWay }
}

function recalled({ device, random }: Pick<Environment, 'device' | 'random'>): Person {
  const color = device.recall(COLOR)
  const person = {
    name: device.recall(NAME) ?? defaultName(random),
    color: WHEEL.find((hue) => hue.color === color)?.color ?? pick(WHEEL, random).color,
  }
  device.keep(NAME, person.name)
  device.keep(COLOR, person.color)
  return person
}
