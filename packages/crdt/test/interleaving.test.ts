import { below, pick, seededRandom, seeds } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { meet, type Person, people } from './people.ts'

/** Some seeds, so that each person's id is the greatest in turn: one of the two orders must come out, whole. */
const orders = [1, 2, 3, 4, 5, 6, 7, 8]

function two(seed: number): readonly [Person, Person] {
  const [ann, bob] = people(2, seed)
  if (!ann || !bob) throw new Error('Two people')
  return [ann, bob]
}

/** Two people who have both seen this text, written by the first of them. */
function twoWith(text: string, seed: number): readonly [Person, Person] {
  const [ann, bob] = two(seed)
  ann.pastes(text)
  meet(ann, bob)
  return [ann, bob]
}

test('forwards in an empty document: one run, then the other', () => {
  const seen = new Set(
    orders.map((seed) => {
      const [ann, bob] = two(seed)
      ann.types('milk and honey')
      bob.types('BREAD')
      return meet(ann, bob)
    }),
  )
  expect(seen).toEqual(new Set(['milk and honeyBREAD', 'BREADmilk and honey']))
})

test('backwards in an empty document: one run, then the other', () => {
  const seen = new Set(
    orders.map((seed) => {
      const [ann, bob] = two(seed)
      ann.typesBackwards('milk and honey')
      bob.typesBackwards('BREAD')
      return meet(ann, bob)
    }),
  )
  expect(seen).toEqual(new Set(['milk and honeyBREAD', 'BREADmilk and honey']))
})

test('one forwards, one backwards', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('()', seed)
    ann.goes(1).types('forwards')
    bob.goes(1).typesBackwards('BACKWARDS')
    expect(['(forwardsBACKWARDS)', '(BACKWARDSforwards)']).toContain(meet(ann, bob))
  }
})

test('at the start token and at the end token', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('middle', seed)
    ann.goes(0).types('one ').goes(10).types(' two')
    bob.goes(0).types('ONE ').goes(10).types(' TWO')
    const text = meet(ann, bob)
    expect([
      'one ONE middle two TWO',
      'ONE one middle two TWO',
      'one ONE middle TWO two',
      'ONE one middle TWO two',
    ]).toContain(text)
  }
})

test('backwards at the start token and at the end token', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('middle', seed)
    ann.goes(0).typesBackwards('one ').goes(10).typesBackwards(' two')
    bob.goes(0).typesBackwards('ONE ').goes(10).typesBackwards(' TWO')
    const text = meet(ann, bob)
    expect([
      'one ONE middle two TWO',
      'ONE one middle two TWO',
      'one ONE middle TWO two',
      'ONE one middle TWO two',
    ]).toContain(text)
  }
})

test('in the middle of a third person’s text', () => {
  for (const seed of orders) {
    const [cat, ann, bob] = people(3, seed)
    if (!cat || !ann || !bob) throw new Error('Three people')
    cat.types('to be or not to be')
    meet(cat, ann, bob)
    ann.goes(5).types(', said Ann,')
    bob.goes(5).types(', SAID BOB,')
    expect(['to be, said Ann,, SAID BOB, or not to be', 'to be, SAID BOB,, said Ann, or not to be']).toContain(
      meet(cat, ann, bob),
    )
  }
})

test('inside one’s own run, while the other types inside it too', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('abcdef', seed)
    ann.goes(3).types('mine')
    bob.goes(3).types('YOURS')
    expect(['abcmineYOURSdef', 'abcYOURSminedef']).toContain(meet(ann, bob))
  }
})

test('leaving, coming back and going on: the run stays whole', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('()', seed)
    ann.goes(1).types('one ').goes(0).types('*').goes(6).types('two')
    bob.goes(1).types('THREE ').goes(0).types('#').goes(8).types('FOUR')
    const text = meet(ann, bob)
    expect(text.slice(2)).toMatch(/^\((one twoTHREE FOUR|THREE FOURone two)\)$/)
    expect(['*#', '#*']).toContain(text.slice(0, 2))
  }
})

test('coming back after the other has typed elsewhere and both have met', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('(){}', seed)
    ann.goes(1).types('one')
    bob.goes(3).types('ONE')
    expect(meet(ann, bob)).toBe('(one){ONE}')
    ann.goesBehind('one').types(' two')
    bob.goesBehind('one').types(' OTHER')
    expect(['(one two OTHER){ONE}', '(one OTHER two){ONE}']).toContain(meet(ann, bob))
  }
})

test('coming back to go on with text that was cut off from its run by a word of the other', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('onethree', seed)
    bob.goes(3).types('TWO')
    expect(meet(ann, bob)).toBe('oneTWOthree')
    ann.goesBehind('one').types('aaa')
    bob.goesBehind('one').types('bbb')
    expect(['oneaaabbbTWOthree', 'onebbbaaaTWOthree']).toContain(meet(ann, bob))
  }
})

test('lines typed upwards: each writer’s lines stay together and in order', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('\n', seed)
    for (const line of ['three\n', 'two\n', 'one\n']) ann.goes(0).types(line)
    for (const line of ['THREE\n', 'TWO\n', 'ONE\n']) bob.goes(0).types(line)
    expect(['one\ntwo\nthree\nONE\nTWO\nTHREE\n\n', 'ONE\nTWO\nTHREE\none\ntwo\nthree\n\n']).toContain(meet(ann, bob))
  }
})

test('lines typed upwards at the end of somebody else’s text', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('title\n', seed)
    for (const line of ['three\n', 'two\n', 'one\n']) ann.goes(6).types(line)
    for (const line of ['THREE\n', 'TWO\n', 'ONE\n']) bob.goes(6).types(line)
    expect(['title\none\ntwo\nthree\nONE\nTWO\nTHREE\n', 'title\nONE\nTWO\nTHREE\none\ntwo\nthree\n']).toContain(
      meet(ann, bob),
    )
  }
})

test('correcting a typing mistake in the middle of a word keeps the word whole', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('()', seed)
    ann.goes(1).types('thx').erases(3, 4).types('e end').goes(4).pastes(' very')
    bob.goes(1).types('A')
    expect(['(the very endA)', '(Athe very end)']).toContain(meet(ann, bob))
  }
})

test('replacing the same word: both words stand, whole', () => {
  for (const seed of orders) {
    const [ann, bob] = twoWith('a big dog', seed)
    ann.does({ from: 2, to: 5, insert: 'huge' })
    bob.does({ from: 2, to: 5, insert: 'SMALL' })
    expect(['a hugeSMALL dog', 'a SMALLhuge dog']).toContain(meet(ann, bob))
  }
})

test('three writers at one place, one of them backwards, one line by line upwards', () => {
  const seen = new Set<string>()
  for (let seed = 0; seed < 60; seed++) {
    const [ann, bob, cat] = people(3, seed)
    if (!ann || !bob || !cat) throw new Error('Three people')
    ann.types('()')
    meet(ann, bob, cat)
    ann.goes(1).types('first')
    bob.goes(1).typesBackwards('SECOND')
    cat.goes(1).types('3').goes(1).types('2').goes(1).types('1')
    seen.add(meet(ann, bob, cat))
  }
  expect([...seen].sort()).toEqual([
    '(123SECONDfirst)',
    '(123firstSECOND)',
    '(SECOND123first)',
    '(SECONDfirst123)',
    '(first123SECOND)',
    '(firstSECOND123)',
  ])
})

test('three writers who merge in different orders see one text', () => {
  for (const seed of orders) {
    const [ann, bob, cat] = people(3, seed)
    if (!ann || !bob || !cat) throw new Error('Three people')
    ann.types('aaa')
    bob.types('bbb')
    cat.types('ccc')
    const [a, b, c] = [ann, bob, cat].map((person) => person.takeUpdates())
    if (!a || !b || !c) throw new Error('Three updates')
    ann.hears([...b, ...c])
    bob.hears([...c, ...a])
    cat.hears([...b, ...a])
    expect(bob.doc.text()).toBe(ann.doc.text())
    expect(cat.doc.text()).toBe(ann.doc.text())
    expect(ann.doc.text().match(/.{3}/g)?.sort()).toEqual(['aaa', 'bbb', 'ccc'])
  }
})

test('two who answer each other line by line keep their lines in order', () => {
  const [ann, bob] = two(1)
  let expected = ''
  for (let i = 0; i < 50; i++) {
    ann.goes(expected.length).types(`a${i}\n`)
    expected += `a${i}\n`
    expect(meet(ann, bob)).toBe(expected)
    bob.goes(expected.length).types(`b${i}\n`)
    expected += `b${i}\n`
    expect(meet(ann, bob)).toBe(expected)
  }
})

test('two who type on alternately at once, each after their own last word, keep both runs whole', () => {
  for (const seed of orders) {
    const [ann, bob] = two(seed)
    for (let i = 0; i < 20; i++) {
      ann.goesBehind('a'.repeat(i)).types('a')
      bob.goesBehind('b'.repeat(i)).types('b')
      expect([`${'a'.repeat(i + 1)}${'b'.repeat(i + 1)}`, `${'b'.repeat(i + 1)}${'a'.repeat(i + 1)}`]).toContain(
        meet(ann, bob),
      )
    }
  }
})

/** A text, an index in it at which all write, and another one for those who leave and come back. */
const PLACES = [
  ['', 0, 0],
  ['middle', 0, 6],
  ['middle', 6, 0],
  ['middle', 3, 6],
  ['middle', 3, 0],
] as const

/** Ways to write a word at one place; each ends with all of it there. */
const WAYS = {
  forwards: (person: Person, at: number, word: string) => person.goes(at).types(word),
  'at once': (person: Person, at: number, word: string) => person.goes(at).pastes(word),
  backwards: (person: Person, at: number, word: string) => person.goes(at).typesBackwards(word),
  upwards: (person: Person, at: number, word: string) => {
    for (const line of word.match(/.{1,3}/g)?.reverse() ?? []) person.goes(at).types(line)
  },
  'inside one’s own': (person: Person, at: number, word: string) =>
    person
      .goes(at)
      .types(`${word.slice(0, 2)}${word.slice(-2)}`)
      .goes(at + 2)
      .types(word.slice(2, -2)),
  'leaving and coming back': (person: Person, at: number, word: string, away: number) => {
    person.goes(at).types(word.slice(0, 4))
    if (away < at)
      person
        .goes(away)
        .types('*')
        .goes(at + 5)
    if (away > at)
      person
        .goes(away + 4)
        .types('*')
        .goes(at + 4)
    person.types(word.slice(4))
  },
}

test('two or three who write at one place, each in a way of their own, get their words whole (SEED=… for one history)', () => {
  const names = Object.keys(WAYS) as (keyof typeof WAYS)[]
  for (const seed of seeds(3000)) {
    const random = seededRandom(seed)
    const [text, at, away] = pick(random, PLACES)
    const writers = people(2 + below(random, 2), seed)
    pick(random, writers).pastes(text)
    meet(...writers)
    const words = ['abcdefgh', 'ABCDEFGH', '12345678'].slice(0, writers.length)
    const ways = words.map(() => pick(random, names))
    for (const [i, person] of writers.entries()) WAYS[ways[i] ?? 'forwards'](person, at, words[i] ?? '', away)
    const result = meet(...writers)
    const rest = words.reduce((left, word) => left.replace(word, ''), result)
    expect(rest.replaceAll('*', ''), `SEED=${seed}: ${ways.join(', ')} at ${at} of "${text}": ${result}`).toBe(text)
  }
})
