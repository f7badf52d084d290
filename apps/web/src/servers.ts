/** The servers that this device has heard of, from one visit to the next. */
import type { ServerMemory } from '@manyhands/client'
import type { Memory } from './memory.ts'

const SERVERS = 'servers'

export function serversIn(device: Memory): ServerMemory {
  return {
    recall: () => addressesIn(device.recall(SERVERS) ?? ''),
    keep: (servers) => device.keep(SERVERS, servers.join('\n')),
  }
}

/** One in a line; whatever is no address of the web is none. */
function addressesIn(lines: string): readonly string[] {
  return lines.split('\n').filter((line) => URL.canParse(line) && /^https?:$/.test(new URL(line).protocol))
}
