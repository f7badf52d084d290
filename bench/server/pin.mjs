import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

const hasTaskset = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0

/** Whether servers and load have a core each. */
export const isPinned = hasTaskset

/** A command that stays on one core, where the system can do that. */
export function pinned(core, command, args) {
  return hasTaskset ? { command: 'taskset', args: ['-c', String(core), command, ...args] } : { command, args }
}
