/**
 * The links to a document. Its id is the first link to edit it, until somebody who may edit makes a new one: from then on the id
 * opens the document only beside the key of that link. The link to read has a key of its own, and stands for the id.
 *
 * Two registers say which keys count: `edit-key` has the hash of one, and `read-key` the hash of the other, with the key itself
 * sealed by what opens the link to edit, so that whoever may edit can hand the link to read on, and whoever reads the disk cannot; and,
 * when it was sealed anew, since when the document has it.
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { type LinkKey, parseLinkKey } from '@manyhands/protocol'
import type { Registers } from '../storage/storage.ts'
import type { Access } from './access.ts'
import { hashOf, type Ticket } from './ticket.ts'

/** A register before it has a stamp. */
export interface Said {
  readonly name: string
  readonly value: string
}

/** The link to read that counts. */
export interface ReadLink {
  readonly hash: string
  /** The stamp with which the document got this key: it may have been sealed anew since. */
  readonly since: string
}

const EDIT = 'edit-key'
const READ = 'read-key'

export const accessByLinks: Access = (registers, ticket) => {
  if (secretOf(registers, ticket) !== null) return 'writer'
  const link = readLinkOf(registers)
  return link !== null && ticket.get(link.hash) !== null ? 'reader' : null
}

/** Whether a register says who may do what. */
export function isAboutAccess(name: string): boolean {
  return name === EDIT || name === READ
}

/** The key of the link to edit, for somebody who came by it; null where the id alone is enough. */
export function editKeyFor(registers: Registers, ticket: Ticket): LinkKey | null {
  const hash = registers.get(EDIT)?.value
  return hash === undefined || ticket.id === null ? null : ticket.get(hash)
}

/** The key of the link to read, for somebody who may edit; null where there is none that they can open. */
export function readKeyFor(registers: Registers, ticket: Ticket): LinkKey | null {
  const secret = secretOf(registers, ticket)
  const [, sealed = ''] = registers.get(READ)?.value.split(' ') ?? []
  const key = secret === null ? null : opened(sealed, secret)
  return key !== null && hashOf(key) === readLinkOf(registers)?.hash ? key : null
}

export function readLinkOf(registers: Registers): ReadLink | null {
  const register = registers.get(READ)
  const [hash, , since = register?.stamp] = register?.value.split(' ') ?? []
  return hash === undefined || since === undefined ? null : { hash, since }
}

/** A new link to edit: all earlier ones stop. The link to read stays. */
export function newEditLink(registers: Registers, ticket: Ticket, key: LinkKey): readonly Said[] {
  const readKey = readKeyFor(registers, ticket)
  const edit = { name: EDIT, value: hashOf(key) }
  return readKey === null ? [edit] : [edit, readRegister(registers, readKey, key)]
}

/** A new link to read: the one before it stops. */
export function newReadLink(registers: Registers, ticket: Ticket, key: LinkKey): readonly Said[] {
  const secret = secretOf(registers, ticket)
  return secret === null ? [] : [readRegister(registers, key, secret)]
}

/** What opens the link to edit that counts, if they have it. */
function secretOf(registers: Registers, ticket: Ticket): string | null {
  return registers.has(EDIT) ? editKeyFor(registers, ticket) : ticket.id
}

/** A key that the document has already is its own since it got it. */
function readRegister(registers: Registers, key: LinkKey, secret: string): Said {
  const before = readLinkOf(registers)
  const value = `${hashOf(key)} ${sealed(key, secret)}`
  return { name: READ, value: before?.hash === hashOf(key) ? `${value} ${before.since}` : value }
}

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The nonce comes from what is sealed, so it is never used for two keys, and needs no chance. */
function sealed(key: LinkKey, secret: string): string {
  const nonce = createHmac('sha256', secret).update(`nonce ${key}`).digest().subarray(0, NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, sealingKey(secret), nonce)
  const parts = [nonce, cipher.update(key, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(parts).toString('base64url')
}

/** Null: it was sealed by another secret, or is damaged. */
function opened(text: string, secret: string): LinkKey | null {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv(CIPHER, sealingKey(secret), bytes.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const plain = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]
    return parseLinkKey(Buffer.concat(plain).toString())
  } catch {
    return null
  }
}

function sealingKey(secret: string): Buffer {
  return createHmac('sha256', secret).update('link to read').digest()
}
