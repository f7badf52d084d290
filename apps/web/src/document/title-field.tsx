/** The title, edited where it stands. It counts when the field is left or Enter is pressed, which leads back to the text; Escape takes it back. */
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import type { Action } from '../actions/action.ts'
import { useActions, useAllActions } from '../actions/with-actions.tsx'
import { texts } from '../texts.ts'
import { TO_TEXT } from './text-actions.ts'

export interface TitleFieldProps {
  readonly title: string
  /** What is shown where there is no title. */
  readonly opening: string
  readonly readOnly: boolean
  readonly onRename: (title: string) => void
}

// The server cuts titles to 200 code points; the field does not let them grow further.
const MAX_TITLE_UNITS = 200

export function TitleField({ title, opening, readOnly, onRename }: TitleFieldProps): ReactNode {
  const field = useRef<HTMLInputElement>(null)
  useActions(useMemo(() => (readOnly ? [] : [renameAction(() => field.current?.select())]), [readOnly]))
  const actions = useAllActions()
  const [draft, setDraft] = useState<string | null>(null)
  const leave = (): void => {
    if (draft !== null && draft !== title) onRename(draft)
    setDraft(null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      setDraft(null)
      event.currentTarget.setSelectionRange(0, 0)
    }
    if (event.key === 'Enter') {
      // Else the text, which has the focus by then, takes it for a new line.
      event.preventDefault()
      event.currentTarget.blur()
      actions
        .all()
        .find(({ id }) => id === TO_TEXT)
        ?.run()
    }
  }
  const shown = draft ?? title
  const unnamed = opening || texts.title.placeholder
  return (
    // The hidden copy in `data-value` gives the field the width of its text where `field-sizing` is unknown.
    <span className="title-field" data-value={shown || unnamed}>
      <input
        ref={field}
        size={1}
        value={shown}
        maxLength={MAX_TITLE_UNITS}
        readOnly={readOnly}
        placeholder={unnamed}
        aria-label={texts.title.label}
        autoComplete="off"
        dir="auto"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
    </span>
  )
}

function renameAction(run: () => void): Action {
  return { id: 'rename', group: 'document', text: () => texts.actions.rename, keys: ['F2'], run }
}
