/** The layers of .dependency-cruiser.cjs, checked; and that the check saw every source, for a cruise that sees
 * nothing reports success. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, format } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { root } from './workspace.mjs'

process.chdir(root)
const sources = ['packages', 'apps'].flatMap((group) =>
  readdirSync(group)
    .flatMap((name) => readdirSync(join(group, name), { recursive: true }).map((file) => `${group}/${name}/${file}`))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[^/]+\/[^/]+\/src\/.*\.tsx?$/.test(path)),
)
const { output } = await cruise(['packages', 'apps', 'e2e'], await extractOptions('./.dependency-cruiser.cjs'))
if (typeof output === 'string') throw new TypeError('dependency-cruiser gave a text where its result was asked for')

const seen = new Set(output.modules.map(({ source }) => source))
const unseen = sources.filter((path) => !seen.has(path))
const report = await format(output, { outputType: 'err' })
console.log(report.output)
if (sources.length === 0) console.log('There are no sources to check.')
if (unseen.length > 0) console.log(`Not cruised, so not checked:\n  ${unseen.join('\n  ')}`)
process.exit(report.exitCode > 0 || unseen.length > 0 || sources.length === 0 ? 1 : 0)
