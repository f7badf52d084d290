/** Which actions were chosen last, on this device. */
import type { Memory } from '../memory.ts'

const KEY = 'recent-actions'
const MOST = 8

export function recentIn(device: Memory): readonly string[] {
  return (device.recall(KEY) ?? '').split(' ').filter((id) => id !== '')
}

export function keepRecent(device: Memory, id: string): void {
  const others = recentIn(device).filter((other) => other !== id)
  device.keep(KEY, [id, ...others].slice(0, MOST).join(' '))
}
