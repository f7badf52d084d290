/** What the rest of the page knows of the others being here. */
import type { Member } from '@manyhands/protocol'
import type { Following } from './following.ts'
import type { Elsewhere } from './use-elsewhere.ts'

export interface Together {
  readonly following: Following | null
  readonly elsewhere: Elsewhere | null
  /** Brings their cursor into sight; mine stays where it is. */
  readonly goTo: (member: Member) => void
  readonly goToEditing: () => void
  /** Once more ends it. */
  readonly follow: (member: Member) => void
  readonly stop: () => void
}
