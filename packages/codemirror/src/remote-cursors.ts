import { type Extension, Prec } from '@codemirror/state'
import { type EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { Anchor } from '@manyhands/crdt'
import { cursorLayers } from './cursor-layers.ts'
import { cursorTheme } from './cursor-theme.ts'
import { cursorField, cursorsOf, type RemoteMember, sameCursors, showCursors } from './cursors.ts'
import { editorIndex, sharedIndex } from './held-back.ts'
import { onTyping } from './on-typing.ts'

/** Who else is here and where, and whom to tell where I am. A client satisfies it. */
export interface CursorSource {
  readonly members: readonly RemoteMember[]
  subscribe(listener: () => void): () => void
  indexOf(anchor: Anchor): number | null
  setSelection(anchor: number, head: number): void
}

/** The others' carets, selections and names in this editor; and mine in theirs. Needs `sharedText` of the same document. */
export function remoteCursors(source: CursorSource): Extension {
  return [
    cursorField,
    cursorLayers,
    cursorTheme,
    // After the binding of the text: an index of mine means something to the source only when it has the edit.
    Prec.low(ViewPlugin.define((view) => new Cursors(view, source))),
  ]
}

/**
 * Brings the source's cursors into one view, once per frame however many words come, and tells the source of mine. Asks for
 * places anew after every change of the text, because it may have brought the text a cursor has been waiting for.
 */
class Cursors implements PluginValue {
  private readonly view: EditorView
  private readonly source: CursorSource
  private readonly unsubscribe: () => void
  private readonly stopGivingWay: () => void
  private frame: number | null = null

  constructor(view: EditorView, source: CursorSource) {
    this.view = view
    this.source = source
    this.unsubscribe = source.subscribe(() => this.schedule())
    this.stopGivingWay = onTyping(view, () => this.giveWay())
    this.tell()
    this.schedule()
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) this.schedule()
    if (update.docChanged || update.selectionSet) this.tell()
  }

  destroy(): void {
    this.unsubscribe()
    this.stopGivingWay()
    this.rest()
  }

  private giveWay(): void {
    if (this.frame === null) return
    this.rest()
    this.schedule()
  }

  private rest(): void {
    if (this.frame !== null) cancelAnimationFrame(this.frame)
    this.frame = null
  }

  private tell(): void {
    const { anchor, head } = this.view.state.selection.main
    this.source.setSelection(sharedIndex(this.view, anchor), sharedIndex(this.view, head))
  }

  private schedule(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null
      this.show()
    })
  }

  private show(): void {
    const before = this.view.state.field(cursorField)
    const indexOf = (anchor: Anchor): number | null => {
      const index = this.source.indexOf(anchor)
      return index === null ? null : editorIndex(this.view, index)
    }
    const cursors = cursorsOf(this.source.members, indexOf, before)
    if (!sameCursors(cursors, before)) this.view.dispatch({ effects: showCursors.of(cursors) })
  }
}
