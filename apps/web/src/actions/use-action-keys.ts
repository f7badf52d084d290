/** Hears the keys of all actions, wherever the focus is, and runs what they mean. */
import { useEffect } from 'react'
import { useEnvironment } from '../environment.ts'
import { isMac } from '../ui/platform.ts'
import { type Action, isAvailable } from './action.ts'
import { strokeOf, types } from './keys.ts'
import type { Actions } from './registry.ts'

export function useActionKeys(actions: Actions): void {
  const { clock } = useEnvironment()
  useEffect(() => {
    const mac = isMac()
    let before: string | null = null
    let stopWaiting = (): void => undefined
    const forget = (): void => {
      stopWaiting()
      before = null
    }
    const onKeyDown = (event: KeyboardEvent): void => {
      const stroke = event.isComposing ? null : strokeOf(event, mac)
      // Everything is saved by itself, and the browser would save the page instead.
      if (stroke === SAVE) event.preventDefault()
      if (stroke === null || isIn(event.target, 'dialog')) return
      const heard = actions.all().filter((action) => action.heardBy !== 'editor')
      const asSecond = before === null ? [] : heard.filter((one) => has(one, `${before} ${stroke}`))
      const isSecond = asSecond.length > 0
      forget()
      if (!isSecond && isForText(event.target, stroke, actions)) return
      const action = (isSecond ? asSecond : heard.filter((one) => has(one, stroke))).find(isAvailable)
      const begins = !isSecond && heard.some((one) => one.keys?.some((known) => known.startsWith(`${stroke} `)))
      if (action === undefined && !begins && !isSecond) return
      event.preventDefault()
      event.stopPropagation()
      if (begins) {
        before = stroke
        stopWaiting = clock.after(MOMENT, forget)
      }
      action?.run()
    }
    // Before the editor hears them: the second key of two would else be typed.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    window.addEventListener('pointerdown', forget)
    window.addEventListener('blur', forget)
    return () => {
      forget()
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      window.removeEventListener('pointerdown', forget)
      window.removeEventListener('blur', forget)
    }
  }, [actions, clock])
}

const SAVE = 'Mod-s'
/** So long the first of two keys waits for the second one. */
const MOMENT = 1500
const WRITABLE = 'input, textarea, [contenteditable="true"]'

/** Whether it types something where one writes, or is a key of the editor's own: in Markdown Mod-K makes a link. */
function isForText(target: EventTarget | null, stroke: string, actions: Actions): boolean {
  if (types(stroke)) return isIn(target, WRITABLE)
  return isIn(target, '.cm-content') && actions.available().some((one) => one.heardBy === 'editor' && has(one, stroke))
}

function has(action: Action, keys: string): boolean {
  return action.keys?.includes(keys) ?? false
}

function isIn(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null
}
