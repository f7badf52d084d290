/** One text after another through the thread that renders: never two at once, and of those that wait only the newest. */
import type { Block } from '../markdown/render.ts'

export type Rendered = readonly Block[] | 'too-much'

/** How much of a text is shown at most, in characters. */
export const LONGEST_PREVIEW = 500_000

/** Nothing that people write takes so long; what does was made to. In milliseconds. */
const PATIENCE = 5000

/** Changes as texts come and threads end. `stop` ends it for good. */
export class Renderer {
  private readonly shown: (rendered: Rendered, text: string) => void
  private thread: Worker | null = null
  private waiting: string | null = null
  private text = ''
  private deadline: ReturnType<typeof setTimeout> | undefined

  constructor(shown: (rendered: Rendered, text: string) => void) {
    this.shown = shown
  }

  render(text: string): void {
    this.waiting = text
    if (this.deadline === undefined) this.next()
  }

  stop(): void {
    clearTimeout(this.deadline)
    this.thread?.terminate()
    this.thread = null
  }

  private next(): void {
    const text = this.waiting
    if (text === null) return
    this.waiting = null
    this.text = text
    this.deadline = setTimeout(() => this.giveUp(), PATIENCE)
    this.thread ??= this.newThread()
    this.thread.postMessage(text)
  }

  private newThread(): Worker {
    const thread = new Worker(new URL('./render-thread.ts', import.meta.url), { type: 'module' })
    thread.onmessage = ({ data }: MessageEvent<readonly Block[]>) => this.answer(data)
    thread.onerror = () => this.giveUp()
    return thread
  }

  private giveUp(): void {
    this.thread?.terminate()
    this.thread = null
    this.answer('too-much')
  }

  private answer(rendered: Rendered): void {
    clearTimeout(this.deadline)
    this.deadline = undefined
    this.shown(rendered, this.text)
    this.next()
  }
}
