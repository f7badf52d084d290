import { EditorState, Facet, type TransactionSpec } from '@codemirror/state'
import { expect, test } from 'vitest'
import { attach } from './attached.ts'

const words = Facet.define<string>()

function aView() {
  return {
    state: EditorState.create(),
    dispatch(spec: TransactionSpec) {
      this.state = this.state.update(spec).state
    },
  }
}

const wordsOf = (view: ReturnType<typeof aView>): readonly string[] => view.state.facet(words)

test('what is attached is there until it is taken out, in the order in which it came', () => {
  const view = aView()
  const [one, two] = [words.of('one'), words.of('two')]
  const first = attach(view, one)
  const second = attach(view, two)
  const again = attach(view, one)
  expect(wordsOf(view)).toEqual(['one', 'two'])
  first()
  expect(wordsOf(view)).toEqual(['two', 'one'])
  again()
  second()
  expect(wordsOf(view)).toEqual([])
})

test('nothing is left behind by what was attached and taken out', () => {
  const view = aView()
  const compartments = (): number => Reflect.get(Reflect.get(view.state, 'config'), 'compartments').size
  attach(view, words.of('one'))()
  const before = compartments()
  for (let n = 0; n < 10; n += 1) attach(view, words.of('one'))()
  expect(compartments()).toBe(before)
})
