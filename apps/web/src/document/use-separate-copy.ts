/** Makes a new document of what stands here, where this one cannot go on, and goes there once a server has it. */
import type { Client } from '@manyhands/client'
import type { Person } from '@manyhands/protocol'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useEnvironment } from '../environment.ts'

export interface SeparateCopy {
  readonly underWay: boolean
  readonly make: () => Promise<void>
}

export function useSeparateCopy(client: Client, person: Person): SeparateCopy {
  const world = useEnvironment()
  const [, navigate] = useLocation()
  const [underWay, setUnderWay] = useState(false)
  const make = async (): Promise<void> => {
    setUnderWay(true)
    const errands = await import('../library/errands.ts')
    const id = world.newDocumentId()
    const made = await errands.make(world, id, person, client.title, client.text())
    setUnderWay(false)
    if (made.ok) navigate(`/d/${id}`)
  }
  return { underWay, make }
}
