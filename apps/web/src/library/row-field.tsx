/** A field in the place of what it changes. Enter and leaving it count, Escape does not. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'

export interface RowFieldProps {
  readonly label: string
  readonly value: string
  readonly onCommit: (value: string) => void
  readonly onDone: (byKey: boolean) => void
}

const MAX_UNITS = 1000

export function RowField({ label, value, onCommit, onDone }: RowFieldProps): ReactNode {
  const [draft, setDraft] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  const done = useRef(false)
  useEffect(() => field.current?.select(), [])

  /** Once: a field that is taken away is left as well. */
  const end = (commit: boolean, byKey: boolean): void => {
    if (done.current) return
    done.current = true
    if (commit) onCommit(draft)
    onDone(byKey)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') end(true, true)
    if (event.key === 'Escape') end(false, true)
  }
  return (
    <input
      ref={field}
      className="field"
      aria-label={label}
      placeholder={label}
      value={draft}
      maxLength={MAX_UNITS}
      autoComplete="off"
      dir="auto"
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => end(true, false)}
    />
  )
}
