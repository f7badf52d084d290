/** Colours for the code in a preview: by the editor's own languages, and with text nodes only. */
import { highlightCode as highlight } from '@lezer/highlight'
import { highlighter } from '../syntax/highlighter.ts'
import { parserOf } from '../syntax/known-syntaxes.ts'

/** Longer pieces keep one colour. */
const LONGEST = 20_000

export async function highlightCode(block: Element): Promise<void> {
  for (const code of block.querySelectorAll('code[data-language]')) {
    const text = code.textContent ?? ''
    const parser = text.length <= LONGEST ? await parserOf(code.getAttribute('data-language') ?? '') : null
    if (parser) code.replaceChildren(...coloured(code.ownerDocument, text, parser.parse(text)))
  }
}

function coloured(page: Document, text: string, tree: Parameters<typeof highlight>[1]): readonly Node[] {
  const nodes: Node[] = []
  const put = (words: string, classes: string): void => {
    const span = page.createElement('span')
    span.className = classes
    span.textContent = words
    nodes.push(classes === '' ? page.createTextNode(words) : span)
  }
  highlight(text, tree, highlighter, put, () => nodes.push(page.createTextNode('\n')))
  return nodes
}
