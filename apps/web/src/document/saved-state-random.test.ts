import { type Client, openDocument } from '@manyhands/client'
import { randomDocumentId } from '@manyhands/protocol'
import { below, FakeClock, FakeServer, Lines, type Random, randomEdits, seededRandom, seeds } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { type SavedState, savedState } from './saved-state.ts'

/** A page on which one person writes, with a server and a network that do what chance wants. */
class Desk {
  readonly server: FakeServer
  readonly client: Client
  private readonly random: Random
  private readonly clock = new FakeClock()
  private readonly lines: Lines

  constructor(random: Random) {
    const { clock } = this
    const lines = new Lines(random)
    this.random = random
    this.lines = lines
    this.server = new FakeServer({ url: 'a', clock, random, lines, refusing: 0.05 })
    const document = randomDocumentId(random)
    const person = { name: 'Ann', color: '#336699' }
    this.client = openDocument({ document, servers: ['a'], person, transport: lines, clock, random, create: true })
  }

  pill(online: boolean): SavedState {
    return savedState(this.client.state, { now: this.clock.now(), online, made: true })
  }

  happens(): void {
    const { random, server, clock, lines } = this
    const dice = random()
    if (dice < 0.3) this.writes()
    else if (dice < 0.65) lines.deliverSome()
    else if (dice < 0.9) clock.advance(below(random, 40))
    else if (dice < 0.94) clock.advance(below(random, 9000))
    else if (dice < 0.96) lines.cutOne()
    else if (dice < 0.97) server.say({ type: 'role', role: 'reader', reason: random() < 0.5 ? 'damaged' : null })
    else if (dice < 0.98) server.say({ type: 'refused', reason: 'rate-limited', detail: '', n: null })
    else if (dice < 0.99) server.crash()
    else server.start()
    if (random() < 0.5) clock.settle()
  }

  /** Everything goes well from here on. */
  recovers(): void {
    this.server.start()
    this.lines.cutOne()
    this.writes()
    for (let i = 0; i < 600; i++) {
      while (this.lines.pending > 0) this.lines.deliverSome()
      this.clock.advance(50)
    }
  }

  private writes(): void {
    this.client.edit(randomEdits(this.random, this.client.text()))
  }
}

test.each(seeds(50))(
  '[S5] whatever happens, the pill counts what is not on the disk, and in the end it says Saved, seed %i',
  (seed) => {
    const random = seededRandom(seed)
    const desk = new Desk(random)
    for (let i = 0; i < 200; i++) {
      desk.happens()
      const pill = desk.pill(random() < 0.9)
      const counted = 'characters' in pill ? pill.characters : 0
      if (desk.client.text() !== desk.server.diskText) expect(counted, pill.kind).toBeGreaterThan(0)
    }
    desk.recovers()
    expect([desk.pill(true), desk.client.text()]).toEqual([{ kind: 'saved' }, desk.server.diskText])
  },
)
