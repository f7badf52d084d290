/** All shortcuts on one page, group by group, as the actions themselves tell them. */
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { type Action, GROUPS, type Group } from '../actions/action.ts'
import { KeysShown } from '../actions/keys-shown.tsx'
import { texts } from '../texts.ts'
import { CloseButton } from '../ui/icon-button.tsx'
import './shortcut-sheet.css'

export interface ShortcutSheetProps {
  readonly actions: readonly Action[]
  readonly onClose: () => void
}

export function ShortcutSheet({ actions, onClose }: ShortcutSheetProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => dialog.current?.showModal(), [])
  const close = (): void => dialog.current?.close()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; this is for the press beside it.
    <dialog
      className="shortcuts"
      ref={dialog}
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className="shortcuts-body">
        <div className="shortcuts-head">
          <h2 id={heading}>{texts.shortcuts.heading}</h2>
          <CloseButton onClose={close} />
        </div>
        <div className="shortcuts-groups">
          {GROUPS.map((group) => (
            <Shortcuts key={group} group={group} actions={actions.filter((action) => action.group === group)} />
          ))}
        </div>
        <p className="quiet">{texts.shortcuts.leaveText}</p>
      </div>
    </dialog>
  )
}

function Shortcuts({ group, actions }: { readonly group: Group; readonly actions: readonly Action[] }): ReactNode {
  const withKeys = actions.filter(({ keys }) => keys !== undefined)
  if (withKeys.length === 0) return null
  return (
    <section aria-label={texts.groups[group]}>
      <h3>{texts.groups[group]}</h3>
      <dl>
        {withKeys.map(({ id, text, keys = [] }) => (
          <div key={id} className="shortcut">
            <dt>{text()}</dt>
            <dd>
              {keys.map((one) => (
                <KeysShown key={one} keys={one} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
