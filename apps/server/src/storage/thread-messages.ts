import type { DocumentId } from '@manyhands/protocol'
import type { Listed, Loaded, Write } from './storage.ts'

/** What the server's thread asks of the storage thread. Every question gets one answer, in the order of the questions. */
export type Question =
  | { readonly type: 'commit'; readonly groups: readonly (readonly Write[])[] }
  | { readonly type: 'load'; readonly document: DocumentId }
  | { readonly type: 'list' }
  | { readonly type: 'meta'; readonly name: string }
  | { readonly type: 'set-meta'; readonly name: string; readonly value: string }
  | { readonly type: 'check' }
  | { readonly type: 'close' }

export type Answer =
  /** For each group what went wrong, or null. */
  | { readonly type: 'committed'; readonly errors: readonly (string | null)[] }
  | { readonly type: 'loaded'; readonly loaded: Loaded }
  | { readonly type: 'listed'; readonly listed: readonly Listed[] }
  | { readonly type: 'meta'; readonly value: string | null }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: string }
