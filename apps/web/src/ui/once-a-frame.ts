export interface Frame {
  readonly ask: () => void
  readonly cancel: () => void
}

/** Calls once in a frame in which it was asked to; at once where the page is out of sight, because such a page has no frames. */
export function onceAFrame(call: () => void): Frame {
  let frame: number | null = null
  const cancel = (): void => {
    if (frame !== null) cancelAnimationFrame(frame)
    frame = null
  }
  const run = (): void => {
    cancel()
    call()
  }
  const ask = (): void => {
    if (document.hidden) run()
    else frame ??= requestAnimationFrame(run)
  }
  return { ask, cancel }
}
