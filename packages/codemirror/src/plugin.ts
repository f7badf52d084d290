import { EditorState, type Extension, type Line, Prec, type Transaction } from '@codemirror/state'
import { type EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { Edit } from '@manyhands/crdt'
import { HeldBack, heldBack } from './held-back.ts'
import { onTyping } from './on-typing.ts'
import { fromShared } from './remote.ts'
import type { SharedText } from './shared-text.ts'
import { SteadyView } from './steady-view.ts'
import { remoteTransaction } from './to-editor.ts'
import { undoKeys } from './undo-keys.ts'
import { wellFormed } from './well-formed.ts'

/**
 * A shared text in an editor: what is typed goes there, what others type comes from there, and undo takes back my own
 * edits only (leave CodeMirror's `history()` out). The line break is `\n` alone, because the shared text counts a `\r` as
 * a character and the editor must count as it does.
 */
export function sharedText(shared: SharedText): Extension {
  const held = new HeldBack()
  const binding = ViewPlugin.define((view) => new Binding(view, shared, held))
  const showAll = (view: EditorView): void => view.plugin(binding)?.showAll()
  return [
    EditorState.lineSeparator.of('\n'),
    wellFormed,
    undoKeys(shared, showAll),
    heldBack.of(held),
    Prec.high(binding),
  ]
}

/** What is out of sight is shown after so many frames, with all that has come by then. */
const FRAMES_OUT_OF_SIGHT = 6

/** Stands between one view and one shared text; created and destroyed by the view. */
class Binding implements PluginValue {
  private readonly view: EditorView
  private readonly shared: SharedText
  private readonly held: HeldBack
  private readonly steady: SteadyView
  private readonly stopListening: () => void
  private readonly stopGivingWay: () => void
  private frame: number | null = null
  private later: number | null = null

  constructor(view: EditorView, shared: SharedText, held: HeldBack) {
    this.view = view
    this.shared = shared
    this.held = held
    this.steady = new SteadyView(view)
    this.stopListening = shared.onRemote((edits) => this.heard(edits))
    this.stopGivingWay = onTyping(view, () => this.giveWay())
    // Where the view is drawn anew, its plugins are new and its state is not.
    if (!held.isEmpty) queueMicrotask(() => this.showHeld())
    else if (view.state.doc.toString() !== shared.text()) queueMicrotask(() => showWhole(view, shared))
  }

  update(update: ViewUpdate): void {
    for (const transaction of update.transactions) take(transaction, this.shared, this.held)
    this.steady.updated(update)
  }

  destroy(): void {
    this.stopListening()
    this.stopGivingWay()
    this.steady.stop()
    this.rest()
  }

  /**
   * What comes first is shown at once, and what comes in the same frame after it with the next. What nobody sees may wait longer: the
   * editor reads the language of the text anew each time. A page out of sight has no frames.
   */
  private heard(edits: readonly Edit[]): void {
    const { view, held } = this
    held.hold(edits, view.state.doc.length)
    if (document.hidden) this.showHeld()
    else if (!held.touches(view.viewport)) this.later ??= this.showAfter(FRAMES_OUT_OF_SIGHT)
    else if (this.frame === null) this.showHeld()
  }

  private showAfter(frames: number): number {
    return requestAnimationFrame(() => {
      this.later = frames > 1 ? this.showAfter(frames - 1) : null
      if (this.later === null) this.showHeld()
    })
  }

  /** For what is to happen in the shared text: the editor must have the same. */
  showAll(): void {
    const changes = this.held.release()
    if (changes !== null) this.steady.show(changes)
    this.steady.settle()
  }

  /** What is typed comes before anything that is shown. */
  private giveWay(): void {
    this.rest()
    this.showNextFrame()
  }

  private rest(): void {
    for (const frame of [this.frame, this.later]) if (frame !== null) cancelAnimationFrame(frame)
    this.frame = null
    this.later = null
  }

  private showNextFrame(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null
      this.showHeld()
    })
  }

  /** Not every composition ends with an event that is heard here; so what waits for the end looks for it in each frame. */
  private showHeld(): void {
    this.rest()
    const changes = this.held.release(composedLine(this.view))
    if (changes !== null) this.steady.show(changes)
    if (changes !== null || !this.held.isEmpty) this.showNextFrame()
  }
}

/** The line an input method writes in. */
function composedLine({ compositionStarted, state }: EditorView): Line | null {
  return compositionStarted ? state.doc.lineAt(state.selection.main.head) : null
}

/** What a transaction typed goes to the shared text; what came from there does not go back. */
export function take(transaction: Transaction, shared: SharedText, held: HeldBack): void {
  if (!transaction.docChanged || transaction.annotation(fromShared)) return
  const { edits, selection } = held.pass(transaction)
  shared.edit(edits, { selection })
}

/** A view may not be changed while its plugins are being made; before the next event it shows the shared text. */
function showWhole(view: EditorView, shared: SharedText): void {
  view.dispatch(remoteTransaction([{ from: 0, to: view.state.doc.length, insert: shared.text() }]))
}
