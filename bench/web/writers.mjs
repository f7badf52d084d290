import { setTimeout as sleep } from 'node:timers/promises'
import { random } from '../workloads.mjs'
import { peopleOf } from './people.mjs'
import { prose } from './prose.mjs'

/**
 * The others, in a process of their own. Takes one order after the other from whoever started it and answers each: `create` a
 * document, let a crowd `join` and type until it is told to `rest`, type `keys` into one line and say when, do an `hour` of work.
 */

const crowd = []
let product
let url
let isTyping = false
let typing = []

const orders = {
  /** A document of so many characters, stored. */
  async create({ document, length }) {
    const writer = peopleOf[product](url, document, 0, true)
    await writer.ready()
    const text = prose(length)
    for (let from = 0; from < length; from += 500_000) {
      writer.insert(from, text.slice(from, from + 500_000))
      await writer.saved()
    }
    writer.close()
  },

  async join({ document, people }) {
    for (let n = 1; n <= people; n++) crowd.push(peopleOf[product](url, document, n, false))
    for (const writer of crowd) await writer.ready()
  },

  /** Each types in a place of their own, evenly spread, so many keys per second. Answers at once. */
  type({ perSecond }) {
    isTyping = true
    typing = crowd.map((writer, n) => typeOn(writer, (n + 0.5) / crowd.length, perSecond, random(n + 1)))
  },

  async rest() {
    isTyping = false
    await Promise.all(typing)
    for (const writer of crowd) await writer.saved()
  },

  /** The first of the crowd types so many keys behind this mark; answers when, in milliseconds since the epoch. */
  async keys({ behind, count, pause }) {
    const [writer] = crowd
    let at = writer.markAt(writer.text().indexOf(behind) + behind.length)
    const sent = []
    for (let n = 0; n < count; n++) {
      await sleep(pause * (0.7 + 0.6 * Math.random()))
      const index = writer.indexOf(at)
      sent.push(performance.timeOrigin + performance.now())
      writer.insert(index, 'x')
      at = writer.markAt(index + 1)
    }
    return sent
  },

  /** What a crowd does in an hour, as fast as it goes: so many edits by each, nine characters written for one taken back. */
  async hour({ edits }) {
    const before = crowd[0].length
    await Promise.all(crowd.map((writer, n) => workOn(writer, edits, random(100 + n))))
    for (const writer of crowd) await writer.saved()
    return { grown: crowd[0].length - before }
  },

  leave() {
    for (const writer of crowd.splice(0)) writer.close()
  },
}

async function typeOn(writer, place, perSecond, chance) {
  const words = ' somebody else writes on'
  let at = writer.markAt(lineEndAfter(writer, Math.floor(writer.length * place)))
  for (let n = 0; isTyping; n++) {
    await sleep((1000 / perSecond) * (0.5 + chance()))
    const index = writer.indexOf(at)
    writer.insert(index, words[n % words.length])
    at = writer.markAt(index + 1)
  }
}

async function workOn(writer, edits, chance) {
  let at = null
  for (let n = 0; n < edits; n++) {
    if (n % 200 === 0) at = writer.markAt(Math.floor(chance() * writer.length))
    const index = writer.indexOf(at) ?? 0
    if (n % 10 === 9 && index > 0) writer.remove(index - 1, 1)
    else {
      writer.insert(index, n % 60 === 0 ? '\n' : 'etaoin shrdlu'[n % 13])
      at = writer.markAt(index + 1)
    }
    if (n % 5 === 4) await sleep(15)
  }
}

function lineEndAfter(writer, index) {
  const end = writer.text().indexOf('\n', index)
  return end < 0 ? writer.length : end
}

process.on('message', async ({ order, ...about }) => {
  try {
    if (order === 'serve') ({ product, url } = about)
    process.send({ ok: true, value: (await orders[order]?.(about)) ?? null })
  } catch (error) {
    process.send({ ok: false, message: String(error?.stack ?? error) })
  }
})
