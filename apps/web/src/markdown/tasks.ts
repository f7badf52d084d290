/** Task lists: an item that begins with `[ ]` or `[x]` is something to do, or done. */
import type { Token } from 'markdown-it'
import { escapeHtml } from './escape-html.ts'

const TASK = /^\[([ xX])\](?=\s|$)\s?/

/** Turns the brackets into a box. Changes the tokens, as the parser's own rules do. */
export function markTasks(tokens: readonly Token[]): void {
  tokens.forEach((inline, i) => {
    const item = tokens[i - 2]
    if (inline.type !== 'inline' || item?.type !== 'list_item_open' || tokens[i - 1]?.type !== 'paragraph_open') return
    const [first, ...rest] = inline.children ?? []
    const mark = first?.type === 'text' ? TASK.exec(first.content) : null
    if (!first || !mark) return
    const words = inline.content.slice(mark[0].length)
    first.content = first.content.slice(mark[0].length)
    inline.children = [boxLike(first, { done: mark[1] !== ' ', words }), first, ...rest]
    item.attrJoin('class', 'task')
  })
}

export function taskHtml(token: Token | undefined): string {
  const name = escapeHtml(String(token?.meta?.words).slice(0, 200))
  return `<input type="checkbox" aria-label="${name}"${token?.meta?.done ? ' checked' : ''}> `
}

function boxLike(first: Token, meta: { readonly done: boolean; readonly words: string }): Token {
  return Object.assign(Object.create(Object.getPrototypeOf(first)), first, { type: 'task', content: '', meta })
}
