/** Keys as they are written down ('Mod-Shift-p', 'Mod-. f'), as they are pressed, and as they stand on a keyboard. */
import { texts } from '../texts.ts'

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const MODIFIERS = ['Control', 'Meta', 'Alt', 'AltGraph', 'Shift', 'CapsLock', 'Dead']

/**
 * The stroke a press means; null while only a modifier is down. Shift counts with letters and with keys that have a name: where a
 * sign stands is the keyboard's business, and on a French one even the full stop needs Shift.
 */
export function strokeOf(press: KeyPress, mac: boolean): string | null {
  if (MODIFIERS.includes(press.key)) return null
  const [mod, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey]
  const sign = [...press.key].length === 1 && !/\p{L}/u.test(press.key)
  const parts = [
    mod && 'Mod',
    other && (mac ? 'Ctrl' : 'Meta'),
    press.altKey && !sign && 'Alt',
    press.shiftKey && !sign && 'Shift',
    sign ? press.key : named(press.key),
  ]
  return parts.filter((part) => part !== false).join('-')
}

function named(key: string): string {
  return key.length === 1 ? key.toLowerCase() : key
}

/** Whether a stroke would type something where one writes: such keys are for everywhere else. */
export function types(stroke: string): boolean {
  return !/^(Mod|Ctrl|Meta|Alt)-|^(Shift-)?F\d+$/.test(stroke)
}

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' }

/** One label for each stroke: ['Ctrl+.', 'F']. */
export function keyLabels(keys: string, mac: boolean): readonly string[] {
  return keys.split(' ').map((stroke) => {
    const parts = stroke.split(/-(?!$)/)
    return mac
      ? parts.map((part) => MAC_SIGNS[part] ?? keyName(part)).join('')
      : parts.map((part) => keyName(part)).join('+')
  })
}

function keyName(part: string): string {
  const names: Readonly<Record<string, string>> = texts.keys
  return names[part] ?? (part.length === 1 ? part.toLocaleUpperCase() : part)
}
