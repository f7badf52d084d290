/**
 * Pictures. Those in the text itself are shown. One elsewhere becomes a link: fetching it would tell its server who reads
 * this, and when.
 */
import type { Token } from 'markdown-it'
import { escapeHtml } from './escape-html.ts'
import { isInlineImage, isLink } from './links.ts'

/** Says of each picture whether it stands in a link already: a link cannot lie in another. Changes the tokens. */
export function markLinkedImages(tokens: readonly Token[]): void {
  for (const { children } of tokens) {
    let links = 0
    for (const token of children ?? []) {
      if (token.type === 'link_open') links += 1
      else if (token.type === 'link_close') links -= 1
      else if (token.type === 'image') token.meta = { linked: links > 0 }
    }
  }
}

export function imageHtml(token: Token | undefined): string {
  const source = String(token?.attrGet('src') ?? '')
  const words = escapeHtml(token?.content ?? '')
  if (isInlineImage(source)) return `<img src="${escapeHtml(source)}" alt="${words}">`
  if (token?.meta?.linked || !isLink(source)) return `<span class="image">${words}</span>`
  const href = escapeHtml(source)
  return `<a class="image" href="${href}" target="_blank" rel="noopener noreferrer nofollow">${words || href}</a>`
}
