/** A button with a sign and no words: its name is read aloud, and shown to whoever waits over it. */
import { type LucideIcon, X } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { texts } from '../texts.ts'

export interface IconButtonProps {
  readonly name: string
  readonly icon: LucideIcon
  readonly size?: number
  /** Whether what it opens is open; undefined where it opens nothing. */
  readonly expanded?: boolean
  readonly onPress: () => void
  readonly ref?: Ref<HTMLButtonElement>
}

export function IconButton({ name, icon: Icon, size = 17, expanded, onPress, ref }: IconButtonProps): ReactNode {
  return (
    <button
      type="button"
      ref={ref}
      className="icon-button"
      aria-label={name}
      title={name}
      aria-expanded={expanded}
      onClick={onPress}
    >
      <Icon size={size} aria-hidden="true" />
    </button>
  )
}

export function CloseButton({ onClose }: { readonly onClose: () => void }): ReactNode {
  return <IconButton name={texts.action.close} icon={X} size={18} onPress={onClose} />
}
