import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** What it takes to write 4 kB and have them on the disk: the median of a hundred times. */
export function syncMilliseconds(directory) {
  const folder = mkdtempSync(join(directory, 'manyhands-sync-'))
  const file = openSync(join(folder, 'file'), 'w')
  const block = Buffer.alloc(4096, 1)
  const times = Array.from({ length: 100 }, () => {
    const from = performance.now()
    writeSync(file, block)
    fsyncSync(file)
    return performance.now() - from
  })
  closeSync(file)
  rmSync(folder, { recursive: true })
  return times.sort((a, b) => a - b)[50]
}
