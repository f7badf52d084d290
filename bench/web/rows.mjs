/** The table: the measurement of each row, which of its figures, and what it has to be. Rows with the same task share its runs. */

const ALL = ['ours', 'y-websocket']

const ms = (n) => `${n < 100 ? n.toFixed(1) : n.toFixed(0)} ms`
const kilobytes = (n) => `${(n / 1000).toFixed(0)} kB`
const megabytes = (n) => `${(n / 1e6).toFixed(2)} MB`
const times = (n) => `× ${n.toFixed(2)}`

export const rowsOf = (quick) => {
  const transferred = { measure: 'transferred', once: true }
  const visits = { measure: 'visits', times: quick ? 2 : 7 }
  const keys = { measure: 'keys', mine: quick ? 60 : 300, theirs: quick ? 40 : 200, people: 10, perSecond: 5 }
  const large = { measure: 'large', length: 9_900_000, seconds: quick ? 3 : 10 }
  const hour = { measure: 'hour', people: 10, edits: quick ? 1000 : 4000, length: 100_000 }
  const fifty = { measure: 'fifty', documents: quick ? 15 : 50, warm: 30, length: 50_000 }
  return [
    row('transferred', 'transferred until the editor can be typed in, gzip', transferred, 'bytes', kilobytes, 300_000),
    row(
      'transferred-best',
      'the same with Brotli, which browsers ask for on safe origins',
      transferred,
      'best',
      kilobytes,
    ),
    row('transferred-all', 'with gzip, and two seconds later', transferred, 'settled', kilobytes),
    row('first-visit', 'first visit to typing: the start page', visits, 'start', ms, 1000),
    row('first-link', 'the same: a link to a document of 20 kB', visits, 'link', ms, 1000),
    row('again', 'with the service worker: the start page', visits, 'startAgain', ms, 500),
    row('again-link', 'the same: the document', visits, 'linkAgain', ms, 500),
    row('key-p50', 'key press to paint, 1 MB, 10 people typing: p50', keys, 'p50', ms),
    row('key-p95', 'the same: p95', keys, 'p95', ms, 16),
    row('key-work-p50', 'of that the page’s work, without waiting for the screen: p50', keys, 'work50', ms),
    row('key-work-p95', 'the same: p95', keys, 'work95', ms, 16),
    row('key-bare-p95', 'key press to paint in an empty text field of the same browser: p95', keys, 'bare95', ms),
    row('remote-p50', 'remote key to my paint, in the same document: p50', keys, 'remote50', ms),
    row('remote-p95', 'the same: p95', keys, 'remote95', ms, 50),
    row('large-open', 'a document of 9.9 MB, first visit to typing', large, 'open', ms, 3000),
    row('large-frame', 'the same: longest frame while scrolling', large, 'frame', ms, 100),
    row('hour-times', 'memory of a tab, after an hour of 10 people ÷ before', hour, 'times', times, {
      figure: 'textTimes',
    }),
    row('hour-text', 'the text, after ÷ before', hour, 'textTimes', times),
    row('hour-grown', 'memory gained', hour, 'grown', megabytes),
    row('hour-fresh', 'memory beyond that of a fresh tab with the same text', hour, 'beyondFresh', megabytes),
    row('fifty', 'memory gained by opening and closing a document of 50 kB', fifty, 'perDocument', kilobytes, 20_000),
  ]
}

/** `atMost` is a number, or another figure of the same run. */
function row(id, title, { once = false, ...task }, figure, format, atMost = null) {
  return { id, title, task, once, figure, format, atMost, products: ALL }
}
