/** What runs in the page before its own scripts. Each function is sent there as text, so it may use nothing from around it. */

/** `bench.typable` becomes when the editor can be typed in, in milliseconds since the navigation began. */
export function watchForEditor() {
  window.bench = { typable: null, keys: [], arrivals: [] }
  const look = () => {
    const content = document.querySelector('.cm-content[contenteditable="true"]')
    if (content === null || document.activeElement !== content || window.bench.typable !== null) return
    window.bench.typable = performance.now()
    watching.disconnect()
  }
  const watching = new MutationObserver(look)
  watching.observe(document, { subtree: true, childList: true, attributes: true })
  document.addEventListener('focusin', look)
}

/**
 * From each key that changes what is focused to the end of the frame that shows it, in `bench.keys`; and how much of that was work:
 * all of it but the wait for the screen's next frame.
 */
export function watchKeys() {
  let pressed = 0
  window.bench.keys = []
  const afterMicrotasks = (depth, then) =>
    queueMicrotask(() => (depth === 0 ? then() : afterMicrotasks(depth - 1, then)))
  const onKey = (event) => {
    pressed = event.timeStamp
  }
  const onInput = () => {
    const from = pressed
    let handled = 0
    // The editor reads what was typed in a microtask, and the page around it is drawn in another.
    afterMicrotasks(5, () => {
      handled = performance.now()
    })
    requestAnimationFrame(() => {
      const frame = performance.now()
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        const painted = performance.now()
        window.bench.keys.push({ painted: painted - from, work: handled - from + painted - frame })
      }
      channel.port2.postMessage(null)
    })
  }
  document.addEventListener('keydown', onKey, true)
  document.addEventListener('input', onInput, true)
}

/**
 * When each character typed behind `mark` has been painted, in milliseconds since the epoch, in `bench.arrivals`. What a page shows
 * from inside of a frame is painted with that frame, and what it shows between two with the next.
 */
export function watchLine(mark) {
  const content = document.querySelector('.cm-content')
  const lengthNow = () => {
    for (const line of content.querySelectorAll('.cm-line'))
      if (line.textContent.startsWith(mark)) return line.textContent.replace(/[^x]/g, '').length
    return 0
  }
  let seen = lengthNow()
  let inFrame = false
  window.bench.arrivals = []
  const afterPaint = (then) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = then
    channel.port2.postMessage(null)
  }
  // Whoever asks for its next frame first thing in a frame is the first in that one too.
  const frame = () => {
    requestAnimationFrame(frame)
    inFrame = true
    afterPaint(() => {
      inFrame = false
    })
  }
  requestAnimationFrame(frame)
  new MutationObserver(() => {
    const length = lengthNow()
    if (length <= seen) return
    const count = length - seen
    seen = length
    const painted = () => {
      const now = performance.timeOrigin + performance.now()
      for (let n = 0; n < count; n++) window.bench.arrivals.push(now)
    }
    if (inFrame) afterPaint(painted)
    else requestAnimationFrame(() => afterPaint(painted))
  }).observe(content, { subtree: true, childList: true, characterData: true })
}

/** The longest time between two frames, until `bench.stopFrames()`. */
export function watchFrames() {
  let last = performance.now()
  let goOn = true
  const gaps = []
  const frame = () => {
    const now = performance.now()
    gaps.push(now - last)
    last = now
    if (goOn) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  window.bench.stopFrames = () => {
    goOn = false
    return gaps
  }
}
