/** The twelve colours a person may have: one turn of the OKLCH wheel in steps of 30°, all of lightness 0.54. */

import type { Texts } from '../texts-en.ts'

export interface Hue {
  readonly name: keyof Texts['people']['hues']
  readonly color: string
}

// At this lightness white letters on the colour, and the colour on a light page, keep 4.5 : 1; on the dark page it keeps 3 : 1.
export const WHEEL: readonly [Hue, ...Hue[]] = [
  { name: 'rose', color: '#be296a' },
  { name: 'red', color: '#c52d1f' },
  { name: 'amber', color: '#a25a02' },
  { name: 'ochre', color: '#876b01' },
  { name: 'olive', color: '#667901' },
  { name: 'green', color: '#02853c' },
  { name: 'jade', color: '#008171' },
  { name: 'teal', color: '#077d8c' },
  { name: 'blue', color: '#0676ae' },
  { name: 'indigo', color: '#4660db' },
  { name: 'violet', color: '#824aca' },
  { name: 'plum', color: '#a738a2' },
]

/** Black or white, whichever reads better on a colour. Others may send any colour, so this is worked out. */
export function labelOn(color: string): '#000000' | '#ffffff' {
  return contrast(color, '#ffffff') >= contrast(color, '#000000') ? '#ffffff' : '#000000'
}

/** WCAG 2.2 contrast ratio of two '#rrggbb' colours, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
