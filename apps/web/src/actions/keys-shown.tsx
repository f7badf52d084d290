/** The keys of an action as they stand on this keyboard. */
import type { ReactNode } from 'react'
import { isMac } from '../ui/platform.ts'
import { keyLabels } from './keys.ts'

export function KeysShown({ keys }: { readonly keys: string }): ReactNode {
  return (
    <span className="keys">
      {keyLabels(keys, isMac()).map((label) => (
        <kbd key={label}>{label}</kbd>
      ))}
    </span>
  )
}
