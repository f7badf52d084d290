import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { ticked } from './toggle-task.ts'

const lines = ['# Tasks', '', '- [ ] one', '- [x] two']

test('a box is ticked, and a ticked one is not any more', () => {
  const text = Text.of(lines)
  expect(ticked(2, lines, text)).toEqual({ from: 12, to: 13, insert: 'x' })
  expect(ticked(3, lines, text)).toEqual({ from: 22, to: 23, insert: ' ' })
  expect(ticked(0, lines, text)).toBeNull()
})

test('the box that was pressed is ticked, where others have moved it since it was shown', () => {
  const text = Text.of(['# Tasks', '', '- [ ] zero', '- [ ] one', '- [x] two'])
  expect(ticked(2, lines, text)).toEqual({ from: 23, to: 24, insert: 'x' })
})

test('a box of which others have made something else is left alone', () => {
  expect(ticked(2, lines, Text.of(['# Tasks', '', '- [x] one', '- [x] two']))).toBeNull()
  expect(ticked(3, lines, Text.of(['# Tasks', '', '- [ ] one']))).toBeNull()
})
