/** What a file says, if it is text. */
import { MAX_DOCUMENT_LENGTH } from '@manyhands/protocol'

export type NoText = 'too-large' | 'binary' | 'encoding' | 'unreadable'
export type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: NoText }

/** More cannot be a document's worth of text: three bytes are the most that a UTF-16 unit takes. */
const MAX_FILE_BYTES: number = 3 * MAX_DOCUMENT_LENGTH

export async function contentOf(file: File): Promise<FileText> {
  if (file.size > MAX_FILE_BYTES) return { ok: false, reason: 'too-large' }
  try {
    return textOfFile(new Uint8Array(await file.arrayBuffer()))
  } catch {
    return { ok: false, reason: 'unreadable' }
  }
}

/** In UTF-8, or in UTF-16 where it says so. Anything else could only be guessed, and a wrong guess is a damaged text. */
export function textOfFile(bytes: Uint8Array): FileText {
  const wide = wideEncodingOf(bytes)
  if (wide === null && bytes.includes(0)) return { ok: false, reason: 'binary' }
  const text = decode(bytes, wide ?? 'utf-8')
  if (text === null) return { ok: false, reason: 'encoding' }
  const lines = text.replace(/\r\n?/g, '\n')
  return lines.length > MAX_DOCUMENT_LENGTH ? { ok: false, reason: 'too-large' } : { ok: true, text: lines }
}

function wideEncodingOf([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}

/** Without the mark that says the order of its bytes. */
function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
