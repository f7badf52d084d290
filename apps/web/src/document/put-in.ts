/** The texts of files, put into a document where the caret is, one after the other. */
import type { EditorView } from '@codemirror/view'
import { cleanTitle, MAX_DOCUMENT_LENGTH } from '@manyhands/protocol'
import { contentOf } from '../library/file-text.ts'
import { texts } from '../texts.ts'

/** Resolves with what could not be put in, and why. */
export async function putIn(view: EditorView, files: readonly File[]): Promise<readonly string[]> {
  const problems: string[] = []
  for (const file of files) {
    const content = await contentOf(file)
    if (!content.ok) problems.push(texts.library.noText[content.reason](cleanTitle(file.name), MAX_DOCUMENT_LENGTH))
    else if (view.state.readOnly) return [texts.details.readOnly]
    else putText(view, content.text)
  }
  view.focus()
  return problems
}

/** Nothing is replaced: who drops a file need not know what is selected. */
function putText(view: EditorView, insert: string): void {
  const { head } = view.state.selection.main
  view.dispatch({
    changes: { from: head, insert },
    selection: { anchor: head + insert.length },
    userEvent: 'input.drop',
    scrollIntoView: true,
  })
}
