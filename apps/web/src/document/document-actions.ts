/** What can be done with a document as a whole: take it along as a file, or on paper. */
import type { Client } from '@manyhands/client'
import { FileDown, Printer } from 'lucide-react'
import type { Action } from '../actions/action.ts'
import { fileOf } from '../library/download.ts'
import { type Format, fileNameOf, titleFor } from '../library/file-names.ts'
import { texts } from '../texts.ts'
import { saveFile } from '../ui/save-file.ts'
import { saveText } from './save-text.ts'

/** Beside the document's own format, which needs no choice. */
const OTHER_FORMATS: readonly Format[] = ['txt', 'html']

/** `showSaved` points to where it says that everything is saved by itself. */
export function documentActions(client: Client, showSaved: () => void): readonly Action[] {
  return [
    { id: 'save', group: 'document', text: () => texts.actions.save, keys: ['Mod-s'], run: showSaved },
    {
      id: 'reconnect',
      group: 'document',
      text: () => texts.actions.reconnect,
      run: () => client.reconnectNow(),
      available: () => client.state.connection === 'offline',
    },
    {
      id: 'download',
      group: 'document',
      text: () => texts.action.download,
      icon: FileDown,
      run: () => saveText(client),
    },
    ...OTHER_FORMATS.map(
      (format): Action => ({
        id: `download-${format}`,
        group: 'document',
        text: () => texts.library.download[format],
        run: () => void saveAs(client, format),
      }),
    ),
  ]
}

/** Of the same keys as the browser's own printing, which would know of this window's part of the text only. */
export function printAction(print: () => void): Action {
  return { id: 'print', group: 'document', text: () => texts.actions.print, keys: ['Mod-p'], icon: Printer, run: print }
}

async function saveAs(client: Client, format: Format): Promise<void> {
  const { placeholder } = texts.title
  const [title, text] = [client.title, client.text()]
  saveFile(fileNameOf(titleFor(title, text), placeholder, format), await fileOf({ title, text }, placeholder, format))
}
