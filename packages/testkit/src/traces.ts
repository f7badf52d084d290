import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

/** An insertion and a deletion at one place of the text as it is by then. */
export type Patch = readonly [position: number, deleted: number, inserted: string]

/** What one person wrote, keystroke by keystroke. */
export interface Trace {
  readonly startContent: string
  readonly endContent: string
  readonly txns: readonly { readonly patches: readonly Patch[] }[]
}

/** What several wrote at once: a transaction speaks of the text that merging its parents gives. */
export interface ConcurrentTrace {
  readonly endContent: string
  readonly numAgents: number
  readonly txns: readonly {
    readonly parents: readonly number[]
    readonly agent: number
    readonly patches: readonly Patch[]
  }[]
}

export const sequentialTraces = ['automerge-paper', 'rustcode', 'seph-blog1', 'friendsforever_flat'] as const

const beside = fileURLToPath(new URL('../../../../shared/traces', import.meta.url))
const folder = env.MANYHANDS_TRACES ?? beside

/** A recording of people writing, or null, with a line that says so, where the folder of traces is not there. */
export function readTrace(name: (typeof sequentialTraces)[number]): Trace | null {
  const trace = read(name)
  return isTrace(trace) ? trace : null
}

export function readConcurrentTrace(name: 'friendsforever-concurrent'): ConcurrentTrace | null {
  const trace = read(name)
  return isConcurrentTrace(trace) ? trace : null
}

function read(name: string): unknown {
  const path = join(folder, `${name}.json.gz`)
  if (existsSync(path)) return JSON.parse(gunzipSync(readFileSync(path)).toString())
  stdout.write(`Skipped: there is no trace at ${path} (set MANYHANDS_TRACES)\n`)
  return null
}

function isTrace(trace: unknown): trace is Trace {
  return typeof trace === 'object' && trace !== null && 'startContent' in trace && 'txns' in trace
}

function isConcurrentTrace(trace: unknown): trace is ConcurrentTrace {
  return typeof trace === 'object' && trace !== null && 'numAgents' in trace && 'txns' in trace
}
