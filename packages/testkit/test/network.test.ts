import { expect, test } from 'vitest'
import { calm, Lines, Network } from '../src/network.ts'
import { seededRandom } from '../src/random.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (message: Uint8Array): string => new TextDecoder().decode(message)

function chat(network: Network<string>): readonly string[] {
  const heard: string[] = []
  for (const name of ['ann', 'ben']) network.join(name, (message, from) => heard.push(`${from} to ${name}: ${message}`))
  return heard
}

test('a calm network delivers everything once and in order, when it is told to', () => {
  const network = new Network<string>(seededRandom(1), calm)
  const heard = chat(network)
  network.send('ann', 'ben', 'one')
  network.broadcast('ann', 'two')
  expect(heard).toEqual([])
  network.deliverAll()
  expect(heard).toEqual(['ann to ben: one', 'ann to ben: two'])
})

test('bad weather drops, repeats and disorders messages', () => {
  const numbers = Array.from({ length: 200 }, (_, i) => `${i}`)
  const run = (weather: { drop?: number; duplicate?: number; reorder?: number }): readonly string[] => {
    const network = new Network<string>(seededRandom(1), { ...calm, ...weather })
    const heard: string[] = []
    network.join('ben', (message) => heard.push(message))
    for (const number of numbers) network.send('ann', 'ben', number)
    while (network.pending > 0) network.deliverSome()
    return heard
  }
  expect(run({ drop: 0.5 }).length).toBeLessThan(150)
  expect(run({ duplicate: 0.5 }).length).toBeGreaterThan(250)
  const disordered = run({ reorder: 1 })
  expect(disordered).not.toEqual(numbers)
  expect(disordered.toSorted()).toEqual(numbers.toSorted())
})

test('a cut loses what is under way, until it is healed', () => {
  const network = new Network<string>(seededRandom(1), calm)
  const heard = chat(network)
  network.send('ann', 'ben', 'lost')
  network.cut('ben', 'ann')
  network.deliverAll()
  network.heal('ann', 'ben')
  network.send('ann', 'ben', 'heard')
  network.deliverAll()
  expect(heard).toEqual(['ann to ben: heard'])
  network.repeatEverything()
  network.deliverAll()
  expect(heard.slice(1)).toEqual(['ann to ben: lost', 'ann to ben: heard'])
})

function call(lines: Lines, url: string) {
  const heard: string[] = []
  const connection = lines.connect(url, {
    up: () => heard.push('up'),
    message: (message) => heard.push(textOf(message)),
    down: () => heard.push('down'),
  })
  return { heard, connection }
}

function serve(lines: Lines, url: string): readonly string[] {
  const heard: string[] = []
  lines.listen(url, (line) => ({
    message: (message) => {
      heard.push(textOf(message))
      line.send(bytes(`${textOf(message)} to you`))
    },
    down: () => heard.push('down'),
  }))
  return heard
}

function settle(lines: Lines): void {
  while (lines.pending > 0) lines.deliverSome()
}

test('a line carries messages both ways, in their order', () => {
  const lines = new Lines(seededRandom(1))
  const served = serve(lines, 'a')
  const { heard, connection } = call(lines, 'a')
  for (const word of ['good', 'day']) connection.send(bytes(word))
  expect(heard).toEqual([])
  settle(lines)
  expect(served).toEqual(['good', 'day'])
  expect(heard).toEqual(['up', 'good to you', 'day to you'])
})

test('a call nobody takes, and a line that is cut, end with one word; what was under way is lost', () => {
  const lines = new Lines(seededRandom(1))
  const nobody = call(lines, 'a')
  const served = serve(lines, 'a')
  const { heard, connection } = call(lines, 'a')
  settle(lines)
  connection.send(bytes('lost'))
  lines.silence('a')
  connection.send(bytes('lost too'))
  settle(lines)
  expect(nobody.heard).toEqual(['down'])
  expect(heard).toEqual(['up', 'down'])
  expect(served).toEqual(['down'])
  expect(lines.standing).toBe(0)
})

test('who hangs up hears nothing any more', () => {
  const lines = new Lines(seededRandom(1))
  const served = serve(lines, 'a')
  const { heard, connection } = call(lines, 'a')
  lines.cutOne()
  connection.close()
  settle(lines)
  expect(heard).toEqual([])
  expect(served).toEqual(['down'])
})
