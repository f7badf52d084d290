/** Every action by its name: type a few of its letters, press Enter. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Action } from '../actions/action.ts'
import { KeysShown } from '../actions/keys-shown.tsx'
import { useEnvironment } from '../environment.ts'
import { texts } from '../texts.ts'
import { rank } from './rank.ts'
import { keepRecent, recentIn } from './recent.ts'
import './palette.css'

export interface PaletteProps {
  readonly actions: readonly Action[]
  readonly onClose: () => void
}

export function Palette({ actions, onClose }: PaletteProps): ReactNode {
  const { device } = useEnvironment()
  const [recent] = useState(() => recentIn(device))
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  const list = useId()
  useEffect(() => dialog.current?.showModal(), [])

  const named = actions.map((action) => ({ id: action.id, name: action.text(), action }))
  const found = rank(named, query, recent).map(({ action }) => action)
  const optionId = (action: Action): string => `${list}-${action.id}`
  const current = found[chosen]

  const run = (action: Action): void => {
    keepRecent(device, action.id)
    // Closing gives the focus back to where it was; the action may take it elsewhere.
    dialog.current?.close()
    action.run()
  }
  const search = (text: string): void => {
    setQuery(text)
    setChosen(0)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const step = steps[event.key]
    if (step !== undefined && found.length > 0) setChosen((now) => (now + step + found.length) % found.length)
    else if (event.key === 'Enter' && current !== undefined) run(current)
    else if (event.key === 'F1') dialog.current?.close()
    else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; this is for the press beside it.
    <dialog
      className="palette"
      ref={dialog}
      aria-label={texts.palette.heading}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="palette-body">
        <input
          className="palette-query"
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={current && optionId(current)}
          aria-label={texts.palette.query}
          placeholder={texts.palette.query}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => search(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="palette-list" role="listbox" id={list} aria-label={texts.palette.heading}>
          {found.map((action, index) => (
            <Option
              key={action.id}
              id={optionId(action)}
              action={action}
              selected={index === chosen}
              onChoose={() => run(action)}
            />
          ))}
        </div>
        {found.length === 0 && <p className="palette-none quiet">{texts.palette.none(query)}</p>}
        <span className="unseen" role="status">
          {query !== '' && texts.palette.found(found.length)}
        </span>
      </div>
    </dialog>
  )
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

interface OptionProps {
  readonly id: string
  readonly action: Action
  readonly selected: boolean
  readonly onChoose: () => void
}

function Option({ id, action, selected, onChoose }: OptionProps): ReactNode {
  const element = useRef<HTMLDivElement>(null)
  const Icon = action.icon
  useEffect(() => {
    if (selected) element.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keys.
    <div
      id={id}
      ref={element}
      className="palette-option"
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      onClick={onChoose}
    >
      <span className="palette-icon">{Icon !== undefined && <Icon size={16} aria-hidden="true" />}</span>
      <span className="menu-text">{action.text()}</span>
      {action.keys?.[0] !== undefined && <KeysShown keys={action.keys[0]} />}
    </div>
  )
}
