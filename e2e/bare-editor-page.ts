/** What a page with nothing but an editor is made of: whoever else writes in its text is the test, in the very moment it wants to. */
import { EditorState, type Extension, StateEffect } from '@codemirror/state'
import { drawSelection, EditorView, keymap } from '@codemirror/view'
import { type Reversal, remoteCursors, type SharedText, sharedText, undo } from '@manyhands/codemirror'
import { type Anchor, Doc, type Edit, incarnation, replicaId, UndoHistory } from '@manyhands/crdt'

declare global {
  var bare: BareEditor
  var openBareEditor: (text: string) => void
}

const copy = (replica: number): Doc =>
  Doc.create({ replica: replicaId(replica), incarnation: incarnation('a'.repeat(32)) })

/** Mine and theirs, with no way between them that takes time. */
class TextOfTwo implements SharedText {
  private readonly mine = copy(1)
  private readonly theirs = copy(2)
  private readonly history = new UndoHistory(this.mine)
  private readonly listeners = new Set<(edits: readonly Edit[]) => void>()
  private readonly changed = new Set<() => void>()
  private their: Anchor = 'start'

  text(): string {
    return this.mine.text()
  }

  edit(edits: readonly Edit[]): void {
    this.theirs.apply(this.history.edit(edits, { time: performance.now() }))
  }

  undo(): Reversal | null {
    const undone = this.history.undo()
    if (undone !== null) this.theirs.apply(undone.update)
    return undone
  }

  redo(): null {
    return null
  }

  onRemote(listener: (edits: readonly Edit[]) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  anchorAt(index: number, side: 'before' | 'after'): Anchor {
    return this.mine.anchorAt(index, side)
  }

  indexOf(anchor: Anchor): number | null {
    return this.mine.indexOf(anchor)
  }

  get members() {
    const selection = { anchor: this.their, head: this.their }
    return [{ member: 2, state: { person: { name: 'Ben', color: '#336699' }, selection, idle: false } }]
  }

  subscribe(listener: () => void): () => void {
    this.changed.add(listener)
    return () => this.changed.delete(listener)
  }

  setSelection(): void {}

  theyInsert(from: number, insert: string): void {
    const edits = this.mine.apply(this.theirs.edit([{ from, to: from, insert }]))
    for (const listener of this.listeners) listener(edits)
  }

  theyGoTo(index: number): void {
    this.their = this.mine.anchorAt(index, 'after')
    for (const listener of this.changed) listener()
  }
}

const look = EditorView.theme({
  '&': { height: '500px' },
  '.cm-scroller': { font: '16px/1.7 monospace' },
  '.cm-content': { padding: '44px 0 200px' },
})

const enter = keymap.of([
  {
    key: 'Enter',
    run: (view) => {
      view.dispatch(view.state.replaceSelection('\n'), { scrollIntoView: true })
      return true
    },
  },
])

class BareEditor {
  readonly shared = new TextOfTwo()
  readonly view: EditorView

  constructor(text: string) {
    this.shared.edit([{ from: 0, to: 0, insert: text }])
    const extensions: Extension = [
      sharedText(this.shared),
      remoteCursors(this.shared),
      EditorView.lineWrapping,
      drawSelection(),
      enter,
      look,
    ]
    const state = EditorState.create({ doc: text, extensions })
    this.view = new EditorView({ parent: document.body, state })
  }

  get length(): number {
    return this.view.state.doc.length
  }

  get agrees(): boolean {
    return this.view.state.doc.toString() === this.shared.text()
  }

  /** As a key does it. */
  types(insert: string): void {
    this.view.dispatch(this.view.state.replaceSelection(insert), { scrollIntoView: true, userEvent: 'input.type' })
  }

  undoes(): void {
    undo(this.view)
  }

  goesTo(index: number): void {
    this.view.dispatch({ selection: { anchor: index }, scrollIntoView: true })
  }

  /** Where a line stands on the screen, if it is in sight. */
  heightOf(words: string): number {
    const line = [...document.querySelectorAll('.cm-line')].find(({ textContent }) => textContent?.startsWith(words))
    return line?.getBoundingClientRect().top ?? Number.NaN
  }

  async scrollTo(line: number): Promise<void> {
    const { from } = this.view.state.doc.line(line)
    this.view.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'start' }) })
    await this.rest()
  }

  async scrollToEnd(): Promise<void> {
    for (let i = 0; i < 4; i++) {
      this.view.scrollDOM.scrollTop = this.view.scrollDOM.scrollHeight
      await this.rest()
    }
  }

  /** The language of the page changes: the editor is drawn anew. */
  saysOtherWords(): void {
    this.view.dispatch({ effects: StateEffect.appendConfig.of(EditorState.phrases.of({ Find: 'Suchen' })) })
  }

  /** Everything that waits for a frame has had it. */
  async rest(): Promise<void> {
    for (let i = 0; i < 12; i++) await new Promise(requestAnimationFrame)
  }
}

globalThis.openBareEditor = (text) => {
  globalThis.bare = new BareEditor(text)
}
