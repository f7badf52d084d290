/** My name and colour on this device. */
import type { Person } from '@manyhands/protocol'
import { useState } from 'react'
import type { Environment } from '../environment.ts'
import { defaultName, pick } from './default-name.ts'
import { WHEEL } from './wheel.ts'

export interface Me {
  readonly person: Person
  readonly change: (person: Person) => void
}

const NAME = 'name'
const COLOR = 'color'

/** A new device is given a name and a colour, and keeps them. */
export function useMe(environment: Pick<Environment, 'device' | 'random'>): Me {
  const [person, setPerson] = useState(() => recalled(environment))
  const change = (next: Person): void => {
    environment.device.keep(NAME, next.name)
    environment.device.keep(COLOR, next.color)
    setPerson(next)
  }
  return { person, change }
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
