/** What a person should know of this device's own copy. */
import type { ClientState } from '@manyhands/client'

export type DeviceTrouble = 'full' | 'blocked' | 'damaged' | 'mended'

/** Null: all is well, or it is not known yet. `mended`: the copy could not be read, was put away, and a new one is kept. */
export function deviceTrouble({
  keeping,
  foundDamaged,
}: Pick<ClientState, 'keeping' | 'foundDamaged'>): DeviceTrouble | null {
  if (keeping === 'full' || keeping === 'blocked' || keeping === 'damaged') return keeping
  return foundDamaged ? 'mended' : null
}
