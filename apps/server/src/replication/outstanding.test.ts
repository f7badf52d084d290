import { randomDocumentId } from '@manyhands/protocol'
import { seededRandom } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { Outstanding } from './outstanding.ts'

const random = seededRandom(1)
const [x, y] = [randomDocumentId(random), randomDocumentId(random)]

test('[R3] a confirmation speaks of a turn and of all before it, of one document', () => {
  const outstanding = new Outstanding()
  outstanding.add(x, 1, 10)
  outstanding.add(x, 3, 20)
  outstanding.add(y, 2, 5)
  expect(outstanding.confirm(x, 1)).toBe(1)
  expect(outstanding.bytes).toBe(25)
  expect(outstanding.confirm(x, 4)).toBe(3)
  expect([...outstanding.documents()]).toEqual([y])
})

test('[R3] behind a turn that was never sent nothing is confirmed, until a comparison settles it', () => {
  const outstanding = new Outstanding()
  outstanding.add(x, 1, 10)
  outstanding.add(x, 2, 0)
  outstanding.add(x, 3, 10)
  expect(outstanding.confirm(x, 3)).toBe(1)
  expect([...outstanding.documents()]).toEqual([x])
  outstanding.add(x, 4, 10)
  expect(outstanding.confirm(x, 4)).toBe(0)
  outstanding.settle(x, 4)
  expect([[...outstanding.documents()], outstanding.bytes]).toEqual([[], 0])
})

test('[R8] what was on a line that is lost weighs nothing, and is not forgotten', () => {
  const outstanding = new Outstanding()
  for (let turn = 1; turn <= 1000; turn++) outstanding.add(x, turn, 10)
  outstanding.giveUpAll()
  for (let turn = 1001; turn <= 2000; turn++) outstanding.add(x, turn, 0)
  expect(outstanding.bytes).toBe(0)
  expect([...outstanding.documents()]).toEqual([x])
  expect(outstanding.confirm(x, 2000)).toBe(0)
  outstanding.settle(x, 2000)
  expect([...outstanding.documents()]).toEqual([])
})
