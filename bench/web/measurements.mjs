import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { randomDocumentId } from '../../packages/protocol/dist/index.js'
import { ServerProcess } from '../server/server-process.mjs'
import { watchFrames, watchKeys, watchLine } from './in-page.mjs'
import { Others } from './others.mjs'
import { startBrowser, Tab } from './tab.mjs'

/** What is measured. Each function takes a product and its options, starts a server and a browser, and answers figures. */

const MEGABYTE = 1_000_000

async function withEverything(product, work) {
  const ends = []
  try {
    const server = await ServerProcess.start(product)
    ends.unshift(() => server.throwAway())
    const url = `http://127.0.0.1:${server.port}`
    const others = await Others.start(product.id, url)
    ends.unshift(() => others.end())
    const browser = await startBrowser()
    ends.unshift(() => browser.close())
    return await work({ url, others, browser })
  } finally {
    for (const end of ends) await end()
  }
}

/** A document that the others have written, and its address. */
async function documentOf(others, url, length) {
  const document = randomDocumentId(Math.random)
  await others.do('create', { document, length })
  return { document, address: `${url}/d/${document}` }
}

/** What the network carries until one can type, with gzip and with the best that the browser asks for; and what is loaded later, if ever. */
export function transferred(product) {
  return withEverything(product, async ({ url, browser }) => {
    const { bytes, settled, loaded } = await carriedTo(url, browser, 'gzip')
    const best = await carriedTo(url, browser, null)
    return { bytes, settled, best: best.bytes, files: loaded.length, chunks: chunksOf(product, loaded) }
  })
}

async function carriedTo(url, browser, coding) {
  const tab = await Tab.open(browser)
  const files = new Map()
  await tab.instruments.send('Network.enable')
  if (coding !== null) await tab.context.setExtraHTTPHeaders({ 'Accept-Encoding': coding })
  tab.instruments.on('Network.requestWillBeSent', ({ requestId, wallTime, request }) =>
    files.set(requestId, { url: request.url, at: wallTime * 1000, bytes: 0 }),
  )
  tab.instruments.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (files.has(requestId)) files.get(requestId).bytes = encodedDataLength
  })
  await tab.visit(url)
  const typable = await tab.page.evaluate(() => performance.timeOrigin + window.bench.typable)
  await sleep(2000)
  const all = [...files.values()]
  const carried = (some) => some.reduce((sum, file) => sum + file.bytes, 0)
  const bytes = carried(all.filter(({ at }) => at <= typable))
  const loaded = all.map((file) => new URL(file.url).pathname.split('/').at(-1))
  await tab.close()
  return { bytes, settled: carried(all), loaded }
}

/** Each file that is not loaded at first, as gzip. */
function chunksOf({ assets }, loaded) {
  const folder = join(assets, 'assets')
  return readdirSync(folder)
    .filter((name) => /\.(js|css)$/.test(name) && !loaded.includes(name))
    .map((name) => ({
      name: name.replace(/-[\w-]{8}\./, '.'),
      bytes: gzipSync(readFileSync(join(folder, name))).length,
    }))
    .sort((a, b) => b.bytes - a.bytes)
}

/** A first visit, to the start page and by a link, and the next one when the service worker has what it wants. */
export function visits(product, { times }) {
  return withEverything(product, async ({ url, others, browser }) => {
    const { address } = await documentOf(others, url, 20_000)
    const figures = { start: [], link: [], startAgain: [], linkAgain: [] }
    for (let n = 0; n < times; n++) {
      for (const [first, again, to] of [
        ['start', 'startAgain', url],
        ['link', 'linkAgain', address],
      ]) {
        const tab = await Tab.open(browser)
        figures[first].push(await tab.visit(to))
        await tab.page.evaluate(() => navigator.serviceWorker.ready)
        await sleep(1000)
        const next = await Tab.open(browser, tab.context)
        await tab.page.close()
        figures[again].push(await next.visit(to))
        await tab.close()
      }
    }
    return Object.fromEntries(Object.entries(figures).map(([name, times]) => [name, quantile(times, 0.5)]))
  })
}

/** My keys and theirs, in a document of a megabyte in which ten people type. */
export function keys(product, { mine, theirs, people, perSecond }) {
  return withEverything(product, async ({ url, others, browser }) => {
    const { document, address } = await documentOf(others, url, MEGABYTE)
    const tab = await Tab.open(browser)
    await tab.visit(address)
    await tab.holds(MEGABYTE)
    await others.do('join', { document, people })
    const here = '## Part 301'
    const there = '## Part 300'
    await others.do('type', { perSecond })
    await tab.goTo(here)
    await tab.type(10, 100)
    await tab.page.evaluate(watchKeys)
    await tab.type(mine, 100)
    const pressed = await tab.page.evaluate(() => window.bench.keys)
    await tab.page.evaluate(watchLine, there)
    const sent = await others.do('keys', { behind: there, count: theirs, pause: 150 })
    await tab.page.waitForFunction((count) => window.bench.arrivals.length >= count, theirs)
    const arrivals = await tab.page.evaluate(() => window.bench.arrivals)
    await others.do('rest')
    const painted = pressed.map((key) => key.painted)
    return {
      p50: quantile(painted, 0.5),
      p95: quantile(painted, 0.95),
      work50: quantile(
        pressed.map(({ work }) => work),
        0.5,
      ),
      work95: quantile(
        pressed.map(({ work }) => work),
        0.95,
      ),
      remote50: quantile(
        sent.map((at, n) => arrivals[n] - at),
        0.5,
      ),
      remote95: quantile(
        sent.map((at, n) => arrivals[n] - at),
        0.95,
      ),
      count: pressed.length,
      ...(await bare(browser, Math.min(mine, 100))),
    }
  })
}

/** The same keys in a bare text field: what this browser on this machine takes for nothing. */
async function bare(browser, count) {
  const tab = await Tab.open(browser)
  await tab.page.goto('data:text/html,<textarea autofocus rows=30 cols=80></textarea>')
  await tab.page.focus('textarea')
  await tab.page.evaluate(watchKeys)
  await tab.type(count, 100)
  const pressed = await tab.page.evaluate(() => window.bench.keys)
  const painted = pressed.map((key) => key.painted)
  await tab.close()
  return { bare50: quantile(painted, 0.5), bare95: quantile(painted, 0.95) }
}

/** A document as long as one may be, but for a little room: until one can type, and how smoothly it scrolls. */
export function large(product, { length, seconds }) {
  return withEverything(product, async ({ url, others, browser }) => {
    const { address } = await documentOf(others, url, length)
    const tab = await Tab.open(browser)
    const open = await tab.visit(address)
    await tab.holds(length)
    const text = await tab.page.evaluate(() => performance.now())
    await sleep(1000)
    await tab.page.evaluate(watchFrames)
    await tab.page.mouse.move(600, 400)
    const until = Date.now() + seconds * 1000
    for (let n = 0; Date.now() < until; n++) {
      await tab.page.mouse.wheel(0, 300 + 200 * (n % 5))
      await sleep(30)
    }
    for (const part of [0.25, 0.75, 0.5, 0.99]) {
      await tab.page.evaluate((to) => {
        const scroller = document.querySelector('.cm-scroller')
        scroller.scrollTop = scroller.scrollHeight * to
      }, part)
      await sleep(500)
    }
    const gaps = await tab.page.evaluate(() => window.bench.stopFrames())
    return { open: Math.max(open, text), frame: Math.max(...gaps), frames: gaps.length }
  })
}

/** What a tab holds before and after ten people's hour of edits, beside a fresh tab with the same text. */
export function hour(product, { people, edits, length }) {
  return withEverything(product, async ({ url, others, browser }) => {
    const { document, address } = await documentOf(others, url, length)
    const tab = await Tab.open(browser)
    await tab.visit(address)
    await tab.holds(length)
    await others.do('join', { document, people })
    await sleep(2000)
    const before = await tab.memory()
    const began = Date.now()
    const { grown } = await others.do('hour', { edits })
    await until(tab, length + grown)
    const seconds = (Date.now() - began) / 1000
    await sleep(2000)
    const after = await tab.memory()
    await tab.close()
    const fresh = await Tab.open(browser)
    await fresh.visit(address)
    await fresh.holds(length + grown)
    await sleep(2000)
    const anew = await fresh.memory()
    return {
      before,
      after,
      anew,
      grown: after - before,
      textGrown: grown,
      times: after / before,
      textTimes: (length + grown) / length,
      beyondFresh: after - anew,
      seconds,
    }
  })
}

async function until(tab, length) {
  const wait = Date.now() + 120_000
  while ((await tab.length()) !== length) {
    if (Date.now() > wait) throw new Error(`The tab holds ${await tab.length()} characters, not ${length}`)
    await sleep(100)
  }
}

/** One document after the other in one tab, by the page's own way from one to the next. */
export function fifty(product, { documents, warm, length }) {
  return withEverything(product, async ({ url, others, browser }) => {
    const all = []
    for (let n = 0; n < 5; n++) all.push({ ...(await documentOf(others, url, length + n)), length: length + n })
    const tab = await Tab.open(browser)
    await tab.visit(all[0].address)
    const open = async (n) => {
      const { document, length } = all[n % all.length]
      await tab.page.evaluate((id) => history.pushState(null, '', `/d/${id}`), document)
      await tab.page.waitForFunction(
        (wanted) => document.querySelector('.cm-content')?.cmTile?.view.state.doc.length === wanted,
        length,
      )
      await sleep(150)
    }
    let n = 1
    while (n < warm) await open(n++)
    const before = await tab.memory()
    while (n < warm + documents) await open(n++)
    const after = await tab.memory()
    return { before, after, perDocument: (after - before) / documents }
  })
}

export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
}
