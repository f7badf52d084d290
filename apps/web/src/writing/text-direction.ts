/** Each line in the direction of its first letter: Hebrew and Arabic from the right, everything else from the left. */
import type { Extension } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

const auto = Decoration.line({ attributes: { dir: 'auto' } })

/** Only lines in sight are marked, as only they are drawn. */
class Directions {
  lines: DecorationSet

  constructor(view: EditorView) {
    this.lines = linesOf(view)
  }

  update({ view, docChanged, viewportChanged }: ViewUpdate): void {
    if (docChanged || viewportChanged) this.lines = linesOf(view)
  }
}

export const textDirection: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(Directions, { decorations: ({ lines }) => lines }),
]

function linesOf({ state: { doc }, visibleRanges }: EditorView): DecorationSet {
  const starts = new Set<number>()
  for (const { from, to } of visibleRanges) {
    for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
      starts.add(line.from)
      if (line.to >= to) break
    }
  }
  return Decoration.set([...starts].map((start) => auto.range(start)))
}
