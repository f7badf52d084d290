/** What both bars are made of, the wide one and the phone's. */
import type { Client } from '@manyhands/client'
import type { Address } from '@manyhands/protocol'
import type { LanguageSetting } from '../language/use-language.ts'
import type { Me } from '../people/me.ts'
import type { Theme } from '../theme/theme.ts'
import type { Together } from '../together/together.ts'
import type { Writing } from '../writing/use-writing.ts'
import type { Counts } from './counts.ts'
import type { SavedState } from './saved-state.ts'

export interface BarProps {
  readonly client: Client
  /** The text’s first words. */
  readonly opening: string
  readonly address: Address
  readonly me: Me
  readonly theme: Theme
  readonly language: LanguageSetting
  readonly together: Together
  readonly saved: SavedState
  /** How often somebody has asked to save: each time the pill shows itself again. */
  readonly asked: number
  readonly counts: Counts
  readonly writing: Writing
  readonly readOnly: boolean
}
