/** The actions that stand in the menu, each with its sign and its keys. */
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { KeysShown } from './keys-shown.tsx'
import { useAllActions } from './with-actions.tsx'

export function MenuItems({ onDone }: { readonly onDone: () => void }): ReactNode {
  const actions = useAllActions().available()
  return actions.map(({ id, icon: Icon, text, keys, run }) => {
    if (Icon === undefined) return null
    const choose = (): void => {
      // Under a sheet that is still there, nothing can take the focus.
      flushSync(onDone)
      run()
    }
    return (
      <li key={id}>
        <button type="button" className="menu-item" onClick={choose}>
          <Icon size={16} aria-hidden="true" />
          <span className="menu-text">{text()}</span>
          {keys?.[0] !== undefined && <KeysShown keys={keys[0]} />}
        </button>
      </li>
    )
  })
}
