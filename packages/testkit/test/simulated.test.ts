import { expect, test } from 'vitest'
import { FakeClock } from '../src/clock.ts'
import { Disk } from '../src/disk.ts'
import { Internet } from '../src/internet.ts'
import { Machine } from '../src/machine.ts'
import { seededRandom } from '../src/random.ts'
import { shrunk } from '../src/shrink.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (message: Uint8Array): string => new TextDecoder().decode(message)

class Place {
  readonly clock = new FakeClock()
  readonly internet = new Internet(this.clock, seededRandom(1), 20)
  readonly server = this.machine('server')
  readonly heard: string[] = []

  constructor() {
    this.internet.listen(this.server, (line) => ({
      message: (message) => {
        this.heard.push(textOf(message))
        line.send(bytes(`${textOf(message)} to you`))
      },
      down: () => this.heard.push('down'),
    }))
  }

  machine(name: string): Machine {
    return new Machine(name, this.clock, 0)
  }

  call(from: Machine) {
    const heard: string[] = []
    const line = this.internet.from(from).connect('server', {
      up: () => heard.push('up'),
      message: (message) => heard.push(textOf(message)),
      down: () => heard.push('down'),
    })
    return { heard, line }
  }
}

test('everything arrives, in its order and in its time', () => {
  const place = new Place()
  const ann = place.call(place.machine('ann'))
  for (const word of ['one', 'two', 'three']) ann.line.send(bytes(word))
  expect(place.heard).toEqual([])
  place.clock.advance(1000)
  expect(place.heard).toEqual(['one', 'two', 'three'])
  expect(ann.heard).toEqual(['up', 'one to you', 'two to you', 'three to you'])
})

test('what is under way when a line is cut is lost, and both ends hear of it', () => {
  const place = new Place()
  const machine = place.machine('ann')
  const ann = place.call(machine)
  place.clock.advance(1000)
  ann.line.send(bytes('lost'))
  place.internet.cut('ann', 'server', 'broken')
  place.clock.advance(1000)
  expect(place.heard).toEqual(['down'])
  expect(ann.heard).toEqual(['up', 'down'])
  const again = place.call(machine)
  place.clock.advance(1000)
  expect(again.heard).toEqual(['down'])
  place.internet.heal('ann', 'server')
  const healed = place.call(machine)
  place.clock.advance(1000)
  expect(healed.heard).toEqual(['up'])
})

test('in a silent cut everything waits; what waits for long is given up', () => {
  const place = new Place()
  const ann = place.call(place.machine('ann'))
  place.clock.advance(1000)
  place.internet.cut('ann', 'server', 'silent')
  for (const word of ['one', 'two']) ann.line.send(bytes(word))
  place.clock.advance(5000)
  expect(place.heard).toEqual([])
  place.internet.heal('ann', 'server')
  ann.line.send(bytes('three'))
  place.clock.advance(1000)
  expect(place.heard).toEqual(['one', 'two', 'three'])
  place.internet.cut('ann', 'server', 'silent')
  place.clock.advance(60_000)
  expect(place.heard.at(-1)).toBe('down')
  expect(ann.heard.at(-1)).toBe('down')
})

test('a machine that stands still does everything later, in order; one that is dead, nothing', () => {
  const clock = new FakeClock()
  const machine = new Machine('ann', clock, 0)
  const done: string[] = []
  const note = (word: string) => () => done.push(word)
  machine.after(10, note('ten'))
  const callOff = machine.after(20, note('twenty'))
  machine.freeze()
  clock.advance(30)
  machine.run(note('now'))
  expect(done).toEqual([])
  callOff()
  machine.thaw()
  machine.run(note('last'))
  clock.advance(0)
  expect(done).toEqual(['ten', 'now', 'last'])
  machine.after(10, note('never'))
  machine.die()
  clock.advance(100)
  expect(done).toHaveLength(3)
})

test('a disk takes all writes in order; a crash loses those that have not landed, and the words of those that have', async () => {
  const clock = new FakeClock()
  const disk = new Disk(clock, seededRandom(1), 20)
  const machine = new Machine('server', clock, 0)
  const [landed, told]: [number[], number[]] = [[], []]
  for (let i = 0; i < 20; i++) void disk.write(machine, () => landed.push(i)).then(() => told.push(i))
  while (landed.length < 10) clock.ringNext()
  disk.crash()
  machine.die()
  clock.advance(10_000)
  await Promise.resolve()
  expect(landed).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(told.length).toBeLessThanOrEqual(10)
})

test('a full disk takes nothing', async () => {
  const clock = new FakeClock()
  const disk = new Disk(clock, seededRandom(1), 20)
  disk.isFull = true
  const write = disk.write(new Machine('server', clock, 0), () => {})
  clock.advance(1000)
  await expect(write).rejects.toThrow('No space left')
})

test('a failing history is shrunk to what makes it fail', async () => {
  const steps = Array.from({ length: 50 }, (_, i) => i)
  const fails = async (some: readonly number[]): Promise<boolean> => some.includes(7) && some.includes(30)
  expect(await shrunk(steps, fails, 200)).toEqual([7, 30])
})
