import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Of which sources figures are, and how they are measured again. */

/** The command that started this process, as one types it: npm keeps for itself what does not stand behind `--`. */
export function commandOf(script) {
  const options = process.argv.slice(2)
  return [`npm run ${script}`, ...(options.length > 0 ? ['--', ...options] : [])].join(' ')
}

/** The commit, and whether the sources were as it says; null where there is no repository. To be asked before results are written. */
export function sources() {
  const git = (...args) =>
    execFileSync('git', args, {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  try {
    return { commit: git('rev-parse', 'HEAD'), changed: git('status', '--porcelain') !== '' }
  } catch {
    return null
  }
}

/** The sources in words, for the sentence that begins with "Measured". */
export function ofSources(sources) {
  if (sources === null) return ''
  return ` of commit ${sources.commit.slice(0, 10)}${sources.changed ? ' with changes that were not committed' : ''}`
}
