/** Lists in lists and quotes in quotes are understood to a depth that nobody reads; deeper than that, everything is a paragraph. */
import type { markdown } from '@codemirror/lang-markdown'

type MarkdownExtension = NonNullable<NonNullable<Parameters<typeof markdown>[0]>['extensions']>

const DEEPEST = 50

/** Whoever walks the tree of a text (the highlighter for one) calls itself for each level, and the stack is only so high. */
export const shallow: MarkdownExtension = {
  parseBlock: [
    {
      name: 'TooDeep',
      before: 'LinkReference',
      parse(context, line) {
        if (context.depth < DEEPEST) return false
        const from = context.lineStart + line.pos
        context.addElement(context.elt('Paragraph', from, context.lineStart + line.text.length))
        context.nextLine()
        return true
      },
    },
  ],
}
