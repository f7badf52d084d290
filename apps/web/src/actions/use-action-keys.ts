/** Hears the keys of all actions, wherever the focus is, and runs what they mean. */
import { useEffect } from 'react'
import { isMac } from '../ui/platform.ts'
import type { Action } from './action.ts'
import { isAvailable } from './action.ts'
import { strokeOf, types } from './keys.ts'
import type { Actions } from './registry.ts'

export function useActionKeys(actions: Actions): void {
  useEffect(() => {
    const mac = isMac()
    let before: string | null = null
    const onKeyDown = (event: KeyboardEvent): void => {
      const stroke = event.isComposing ? null : strokeOf(event, mac)
      if (stroke === null || isIn(event.target, 'dialog')) return
      const keys = before === null ? stroke : `${before} ${stroke}`
      if (before === null && types(stroke) && isIn(event.target, WRITABLE)) return
      const heard = actions.all().filter((action) => action.heardBy !== 'editor')
      const action = heard.find((one) => has(one, keys) && isAvailable(one))
      const begins = before === null && heard.some((one) => one.keys?.some((known) => known.startsWith(`${keys} `)))
      if (action !== undefined || begins || before !== null) {
        event.preventDefault()
        event.stopPropagation()
      }
      before = begins ? stroke : null
      action?.run()
    }
    const forget = (): void => {
      before = null
    }
    // Before the editor hears them: the second key of two would else be typed.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    window.addEventListener('pointerdown', forget)
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      window.removeEventListener('pointerdown', forget)
    }
  }, [actions])
}

const WRITABLE = 'input, textarea, [contenteditable="true"]'

function has(action: Action, keys: string): boolean {
  return action.keys?.includes(keys) ?? false
}

function isIn(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null
}
