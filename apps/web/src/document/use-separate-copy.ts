/** Makes a new document of what stands here, where this one cannot go on, and goes there once a server has it. */
import type { Client } from '@manyhands/client'
import type { Person } from '@manyhands/protocol'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useEnvironment } from '../environment.ts'
import type { Obstacle } from '../library/errands.ts'

export interface SeparateCopy {
  readonly underWay: boolean
  /** Why there is none yet, though somebody asked for it. */
  readonly obstacle: Obstacle | null
  readonly make: () => Promise<void>
}

export function useSeparateCopy(client: Client, person: Person): SeparateCopy {
  const world = useEnvironment()
  const [, navigate] = useLocation()
  const [underWay, setUnderWay] = useState(false)
  const [obstacle, setObstacle] = useState<Obstacle | null>(null)
  const make = async (): Promise<void> => {
    setUnderWay(true)
    setObstacle(null)
    try {
      const errands = await fetchErrands()
      const id = world.newDocumentId()
      const made = await errands?.make(world, id, person, client.title, client.text())
      if (made?.ok) navigate(`/d/${id}`)
      else setObstacle(made?.reason ?? 'no-answer')
    } finally {
      setUnderWay(false)
    }
  }
  return { underWay, obstacle, make }
}

/** Null where they cannot be had. */
const fetchErrands = () => import('../library/errands.ts').catch(() => null)
