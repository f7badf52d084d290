/** How a person likes to write on this device. */
import type { Memory } from '../memory.ts'

export interface WritingSettings {
  readonly fontSize: number
  readonly tabSize: number
  /** Long lines go on below, instead of to the right. */
  readonly wrap: boolean
  readonly spelling: boolean
  readonly vim: boolean
}

export const FONT_SIZES = [13, 14, 16, 18, 20, 24] as const
export const TAB_SIZES = [2, 4, 8] as const

const USUAL: WritingSettings = { fontSize: 16, tabSize: 2, wrap: true, spelling: true, vim: false }
const KEY = 'writing'

export function recallSettings(memory: Memory): WritingSettings {
  const kept = parsed(memory.recall(KEY))
  return {
    fontSize: FONT_SIZES.find((size) => size === kept.get('fontSize')) ?? USUAL.fontSize,
    tabSize: TAB_SIZES.find((size) => size === kept.get('tabSize')) ?? USUAL.tabSize,
    wrap: yesOrNo(kept.get('wrap')) ?? USUAL.wrap,
    spelling: yesOrNo(kept.get('spelling')) ?? USUAL.spelling,
    vim: yesOrNo(kept.get('vim')) ?? USUAL.vim,
  }
}

export function keepSettings(memory: Memory, settings: WritingSettings): void {
  memory.keep(KEY, JSON.stringify(settings))
}

function parsed(stored: string | null): ReadonlyMap<string, unknown> {
  try {
    return new Map(Object.entries(Object(JSON.parse(stored ?? '{}'))))
  } catch {
    return new Map()
  }
}

function yesOrNo(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}
