import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readOptional, writeOptional } from './fields.ts'
import { numberOf, type RefusalReason } from './refusals.ts'
import { readReason } from './refused.ts'

/** What someone who joined may do. */
export type Role = 'writer' | 'reader'

/** What you may do from now on. */
export interface RoleChange {
  readonly type: 'role'
  readonly role: Role
  /** Why it is less than your token gives you; null where it is not. */
  readonly reason: RefusalReason | null
}

const ROLES: readonly Role[] = ['writer', 'reader']

export function writeRoleChange(w: Writer, m: RoleChange): void {
  writeRole(w, m.role)
  writeOptional(w, m.reason, (to, reason) => to.byte(numberOf(reason)))
}

export function readRoleChange(r: Reader): RoleChange {
  return { type: 'role', role: readRole(r), reason: readOptional(r, readReason) }
}

export function writeRole(w: Writer, role: Role): void {
  w.byte(ROLES.indexOf(role))
}

export function readRole(r: Reader): Role {
  const number = r.byte()
  return ROLES[number] ?? r.fail('out-of-range', `No role has the number ${number}`)
}
