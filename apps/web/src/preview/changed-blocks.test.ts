import { expect, test } from 'vitest'
import { changedBlocks } from './changed-blocks.ts'

test.each([
  ['', '', [0, 0, 0]],
  ['', 'ab', [0, 0, 2]],
  ['ab', '', [0, 2, 0]],
  ['abc', 'abc', [3, 3, 3]],
  ['abc', 'axc', [1, 2, 2]],
  ['abc', 'abxc', [2, 2, 3]],
  ['aaa', 'aa', [2, 3, 2]],
  ['abc', 'xyz', [0, 3, 3]],
])('from %j to %j only what differs is made anew', (before, after, [from, to, end]) =>
  expect(changedBlocks([...before], [...after])).toEqual({ from, to, end }),
)
