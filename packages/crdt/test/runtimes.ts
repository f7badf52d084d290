/**
 * `npm run runtimes`: runs the README's example, from an empty folder, in the Deno and Bun that npm has for this machine. They
 * are no dependencies of ours: some hundred MB, fetched into a temporary folder for this once.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exampleOf, execute, npm, packAndInstall } from './package.ts'

const platform = `${process.platform}-${process.arch}`
const runtimes: readonly {
  readonly name: string
  readonly from: string
  readonly binary: string
  readonly args: readonly string[]
}[] = [
  {
    name: 'Deno',
    from: `@deno/${platform}${process.platform === 'linux' ? '-glibc' : ''}`,
    binary: 'deno',
    args: ['run'],
  },
  { name: 'Bun', from: `@oven/bun-${platform}`, binary: 'bin/bun', args: ['run'] },
]

const { folder, remove } = await packAndInstall()
await writeFile(join(folder, 'example.mjs'), await exampleOf('README.md'))
try {
  for (const { name, from, binary, args } of runtimes) {
    await npm(folder, 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, from)
    const file = join(folder, 'node_modules', from, binary)
    const [version] = (await execute(folder, file, ['--version'])).split('\n')
    const output = await execute(folder, file, [...args, 'example.mjs'])
    if (!output.endsWith('\ntrue true\n')) throw new Error(`${name} ${version} wrote:\n${output}`)
    console.log(`${name} ${version}: ${output.trim().split('\n').at(-1)}`)
  }
} finally {
  await remove()
}
