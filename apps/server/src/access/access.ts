import type { DocumentId, Role } from '@manyhands/protocol'

/** Who may do what with a document. Null: nothing. Asked at hello, before the document is looked for. */
export type Access = (document: DocumentId, token: string) => Role | null

/** A document's id is its key: 128 bits that nobody guesses. */
export const anyoneWithTheLink: Access = () => 'writer'
