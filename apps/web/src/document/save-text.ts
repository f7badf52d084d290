/** The open text as a file, from what this window has: no server is asked. */
import type { Client } from '@manyhands/client'
import { ownFileNameOf, titleFor } from '../library/file-names.ts'
import { texts } from '../texts.ts'
import { saveFile } from '../ui/save-file.ts'

export function saveText(client: Client): void {
  const name = ownFileNameOf(titleFor(client.title, client.text()), texts.title.placeholder)
  saveFile(name, new Blob([client.text()], { type: 'text/plain;charset=utf-8' }))
}
