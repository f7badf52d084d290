/** What the page needs of the world. Composed in main.tsx, nowhere else. */
import type { Client, Clock } from '@manyhands/client'
import type { Address, DocumentId, LinkKey, Person } from '@manyhands/protocol'
import { createContext, useContext } from 'react'
import type { Library } from './library/library.ts'
import type { Memory } from './memory.ts'
import type { AppVersion } from './offline/app-version.ts'

export interface Environment {
  readonly random: () => number
  readonly clock: Clock
  readonly app: AppVersion
  /** What this device remembers. */
  readonly device: Memory
  /** The documents this device knows. */
  readonly library: Library
  /** What this tab remembers across a reload. */
  readonly tab: Memory
  readonly newDocumentId: () => DocumentId
  readonly parseDocumentId: (text: string) => DocumentId | null
  readonly newLinkKey: () => LinkKey
  readonly parseLinkKey: (text: string) => LinkKey | null
  readonly open: (document: Address, person: Person, create: boolean) => Client
}

export const EnvironmentContext = createContext<Environment | null>(null)

export function useEnvironment(): Environment {
  const environment = useContext(EnvironmentContext)
  if (environment === null) throw new Error('A component stands outside the page: no EnvironmentContext above it')
  return environment
}
