/** The blocks of a preview as they stand in its page. */

import type { Block } from '../markdown/render.ts'
import { sanitise } from '../markdown/sanitise.ts'
import { changedBlocks } from './changed-blocks.ts'
import { highlightCode } from './highlight-code.ts'
import { type Mark, sorted } from './scroll-map.ts'

interface ShownBlock {
  readonly html: string
  readonly element: HTMLElement
  line: number
}

/** Changed by `show`. What stays the same stays in its place. */
export class ShownBlocks {
  private readonly root: HTMLElement
  private blocks: ShownBlock[] = []

  constructor(root: HTMLElement) {
    this.root = root
  }

  show(blocks: readonly Block[]): void {
    const html = blocks.map((block) => block.html)
    const { from, to, end } = changedBlocks(
      this.blocks.map((block) => block.html),
      html,
    )
    const next = this.blocks[to]?.element ?? null
    for (const { element } of this.blocks.slice(from, to)) element.remove()
    const made = html.slice(from, end).map((source) => this.make(source))
    for (const { element } of made) this.root.insertBefore(element, next)
    this.blocks.splice(from, to - from, ...made)
    this.blocks.forEach((block, i) => {
      block.line = blocks[i]?.line ?? 0
    })
    for (const { element } of made) void highlightCode(element)
  }

  /** Where each line stands that begins something. Asks for the layout of the whole page. */
  marks(scrolled: number): readonly Mark[] {
    return sorted(this.lines(scrolled))
  }

  /** The line of the text that something in the preview came from, counted from 0. */
  lineOf(inside: Element): number | null {
    const block = this.blocks.find(({ element }) => element.contains(inside))
    const lined = inside.closest('[data-line]')
    return block && lined ? block.line + Number(lined.getAttribute('data-line')) : null
  }

  private *lines(scrolled: number): Generator<Mark> {
    for (const { element, line } of this.blocks) {
      for (const lined of element.querySelectorAll('[data-line]')) {
        const y = lined.getBoundingClientRect().top + scrolled
        yield { line: line + Number(lined.getAttribute('data-line')), y }
      }
    }
  }

  private make(html: string): ShownBlock {
    const page = this.root.ownerDocument
    const element = page.createElement('div')
    element.className = 'block'
    element.append(page.importNode(sanitise(html), true))
    return { html, element, line: 0 }
  }
}
