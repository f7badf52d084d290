import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withFigures } from '../../../bench/readme.mjs'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test('the figures of the README are those that were measured last', () => {
  const readme = read('../README.md')
  expect(readme).toBe(withFigures(readme, JSON.parse(read('../../../bench/results.json'))))
})
