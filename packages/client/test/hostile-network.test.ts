import { below, type FakeServer, pick, type Random, seeds } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import type { Client } from '../src/client.ts'
import type { Transport } from '../src/transport.ts'
import { World, watched } from './world.ts'

/**
 * Somebody who never types the same character twice, so that each can be looked for: Ann in Chinese, Ben in Hangul. Knows
 * what they typed and what they deleted.
 */
class Unmistakable {
  readonly client: Client
  readonly typed: string[] = []
  readonly deleted: string[] = []
  private next: number
  private caret = 0

  constructor(client: Client, first: number) {
    this.client = client
    this.next = first
  }

  does(random: Random): void {
    const text = this.client.text()
    const from = random() < 0.6 ? Math.min(this.caret, text.length) : below(random, text.length + 1)
    const to = random() < 0.3 ? Math.min(text.length, from + below(random, 4)) : from
    const insert = random() < 0.8 ? this.newText(1 + below(random, 3)) : ''
    this.deleted.push(...text.slice(from, to))
    this.client.edit([{ from, to, insert }])
    this.caret = from + insert.length
  }

  private newText(length: number): string {
    const text = Array.from({ length }, () => String.fromCharCode(this.next++)).join('')
    this.typed.push(...text)
    return text
  }

  /** [S5] Each of their characters that is not on the disk is counted as unsaved; so is each of their deletions. */
  mustBeTrue(disk: string, gone: ReadonlySet<string>): void {
    const onDisk = new Set(disk)
    const missing = this.typed.filter((character) => !onDisk.has(character) && !gone.has(character)).length
    const lingering = this.deleted.filter((character) => onDisk.has(character)).length
    expect(this.client.state.unsavedCharacters).toBeGreaterThanOrEqual(missing + lingering)
  }
}

function step(world: World, server: FakeServer, people: readonly Unmistakable[]): void {
  const { random, lines, clock } = world
  const dice = random()
  if (dice < 0.4) pick(random, people).does(random)
  else if (dice < 0.75) lines.deliverSome()
  else if (dice < 0.94) clock.advance(below(random, 40))
  else if (dice < 0.96) clock.advance(below(random, 5000))
  else if (dice < 0.98) lines.cutOne()
  else if (dice < 0.99) server.crash()
  else server.start()
  if (random() < 0.5) clock.settle()
}

test.each(seeds(100))('[S2] [S5] [L1] nothing is lost, doubled or called saved too early, seed %i', (seed) => {
  const world = new World(seed)
  // A server that takes pushes back may get characters again that it has stored since; an obedient one never does.
  const refusing = seed % 2 === 0 ? 0 : 0.05
  const server = world.server({ refusing })
  const transport = (): Transport => (refusing === 0 ? watched(world.lines) : world.lines)
  const ann = new Unmistakable(world.client('Ann', { create: true, transport: transport() }), 0x4e00)
  ann.does(world.random)
  world.pass(100)
  const ben = new Unmistakable(world.client('Ben', { transport: transport() }), 0xac00)
  world.pass(100)
  const people = [ann, ben]
  for (let i = 0; i < 150; i++) {
    step(world, server, people)
    const gone = new Set(people.flatMap(({ deleted }) => deleted))
    for (const person of people) person.mustBeTrue(server.diskText, gone)
  }
  server.start()
  world.pass(60_000)

  const gone = new Set(people.flatMap(({ deleted }) => deleted))
  const expected = people.flatMap(({ typed }) => typed.filter((character) => !gone.has(character)))
  for (const { client } of people) {
    expect(client.state).toMatchObject({ connection: 'live', unsavedCharacters: 0, unsavedSince: null })
    expect(client.text()).toBe(server.diskText)
    expect(client.hash()).toBe(server.hash)
  }
  expect([...server.diskText].toSorted()).toEqual(expected.toSorted())
})
