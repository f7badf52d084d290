import {
  type Anchor,
  Doc,
  emptyVersion,
  type Incarnation,
  incarnation,
  type ReplicaId,
  replicaId,
  type Update,
} from '@manyhands/crdt'
import {
  type ClientMessage,
  type Member,
  type PeerMessage,
  type Person,
  parseDocumentId,
  parseLinkKey,
  type ReplicaPerson,
  type ServerMessage,
  type SharedRegister,
} from '../src/index.ts'

/** One message of each kind, always the same: what the golden files hold. */

const document = must(parseDocumentId('abcdefghjkmnpqrstuvwxyz234'))
const link = must(parseLinkKey('abcdefghjkmnpqrstuvwxyz23456'))
const replica: ReplicaId = replicaId(0x123456789abc)
const origin: Incarnation = incarnation('00112233445566778899aabbccddeeff')
const ann: Person = { name: 'Ann 👩‍🚀', color: '#c0ffee' }

const doc = Doc.create({ replica, incarnation: origin })
const typed: Update = doc.edit([{ from: 0, to: 0, insert: 'Hello, world' }])
const changed: Update = doc.edit([{ from: 5, to: 12, insert: '! 😀' }])
const nothing: Update = Doc.create({ replica, incarnation: origin }).updateSince(emptyVersion)
const anchor: Anchor = doc.anchorAt(2, 'after')
const member: Member = { member: 7, state: { person: ann, selection: { anchor, head: 'end' }, idle: false } }

const registers: readonly SharedRegister[] = [
  { name: 'title', value: 'Minutes of the meeting' },
  { name: 'language', value: 'Markdown' },
]

export const clientExamples: Readonly<Record<string, ClientMessage>> = {
  hello: {
    type: 'hello',
    protocol: 3,
    document,
    replica,
    incarnation: origin,
    token: 'a.b.c',
    person: ann,
    version: doc.version(),
  },
  'hello-without-copy': {
    type: 'hello',
    protocol: 3,
    document,
    replica,
    incarnation: null,
    token: '',
    person: { name: '', color: '#000000' },
    version: null,
  },
  'hello-by-link': {
    type: 'hello',
    protocol: 3,
    document: link,
    replica,
    incarnation: null,
    token: '',
    person: ann,
    version: null,
  },
  push: { type: 'push', n: 300, update: typed },
  presence: { type: 'presence', state: member.state },
  'presence-with-top': { type: 'presence', state: { ...member.state, top: anchor } },
  'presence-with-device': { type: 'presence', state: { ...member.state, device: '0123456789ab' } },
  'presence-idle': { type: 'presence', state: { person: ann, selection: null, idle: true } },
  sync: { type: 'sync', version: doc.version() },
  'set-title': { type: 'set-register', name: 'title', value: 'Minutes of the meeting' },
  'set-edit-key': { type: 'set-register', name: 'edit-key', value: link },
  'set-language': { type: 'set-register', name: 'language', value: 'C++' },
}

export const serverExamples: Readonly<Record<string, ServerMessage>> = {
  welcome: {
    type: 'welcome',
    protocol: 3,
    server: 'a',
    member: 8,
    role: 'writer',
    incarnation: origin,
    registers,
    members: [member],
    servers: ['https://a.example', 'https://b.example'],
    stateHash: doc.stateHash(),
    version: doc.version(),
    update: doc.updateSince(emptyVersion),
  },
  refused: { type: 'refused', reason: 'history-mismatch', detail: 'Another document', n: null },
  'refused-push': { type: 'refused', reason: 'not-stored', detail: '', n: 300 },
  stored: { type: 'stored', n: 300, replicas: 2, servers: 3, stateHash: doc.stateHash() },
  updates: { type: 'updates', updates: [typed, changed] },
  'member-presence': { type: 'presence', member: 7, state: member.state },
  'member-left': { type: 'presence', member: 7, state: null },
  resync: { type: 'resync', n: 300, version: doc.version() },
  bye: { type: 'bye', reason: 'shutting-down' },
  'role-damaged': { type: 'role', role: 'reader', reason: 'damaged' },
  role: { type: 'role', role: 'writer', reason: null },
  registers: { type: 'registers', registers },
  agreement: { type: 'agreement', agreeing: 2, servers: 3, stateHash: doc.stateHash() },
}

const vouched: ReplicaPerson = { replica, person: ann, vouchedBy: 'Bob' }
const signed: ReplicaPerson = { replica, person: ann, vouchedBy: null }
const title = { name: 'title', value: 'Minutes of the meeting', stamp: '1700000000000-0001-a' }
const nonce = new Uint8Array(16).map((_, i) => i)
const proof = new Uint8Array(32).map((_, i) => 255 - i)
const catchUpAnswer = {
  type: 'catch-up-answer',
  document,
  incarnation: origin,
  left: 0,
  isDamaged: false,
  version: doc.version(),
  registers: [title],
  people: [signed],
  update: doc.updateSince(emptyVersion),
} as const

export const peerExamples: Readonly<Record<string, PeerMessage>> = {
  'peer-hello': { type: 'peer-hello', protocol: 3, server: 'a', nonce },
  'peer-challenge': { type: 'peer-challenge', protocol: 3, server: 'b', nonce, proof },
  'peer-proof': { type: 'peer-proof', proof },
  'peer-welcome': { type: 'peer-welcome', url: 'https://b.example' },
  'peer-refused': { type: 'peer-refused', reason: 'wrong-secret' },
  replicate: {
    type: 'replicate',
    document,
    incarnation: origin,
    turn: 300,
    people: [signed, vouched],
    updates: [typed, changed],
  },
  'replicate-nothing': { type: 'replicate', document, incarnation: origin, turn: 300, people: [], updates: [] },
  replicated: { type: 'replicated', turns: [{ document, turn: 300 }] },
  'not-replicated': { type: 'not-replicated', document, reason: 'incomplete' },
  hash: { type: 'hash', document },
  'hash-answer': { type: 'hash-answer', document, stateHash: doc.stateHash() },
  compare: { type: 'compare', hashes: new Uint8Array(2048).map((_, i) => i) },
  'compare-answer': {
    type: 'compare-answer',
    isLast: true,
    differing: new Uint8Array(32).map((_, i) => i),
    documents: [{ document, incarnation: origin, stateHash: doc.stateHash(), registersHash: '0000000000000000' }],
  },
  'catch-up': { type: 'catch-up', document, incarnation: origin, unsure: [replica], version: doc.version() },
  'catch-up-without-copy': { type: 'catch-up', document, incarnation: null, unsure: [], version: emptyVersion },
  'catch-up-answer': catchUpAnswer,
  'catch-up-answer-unknown': {
    ...catchUpAnswer,
    incarnation: null,
    version: emptyVersion,
    registers: [],
    people: [],
    update: nothing,
  },
  'peer-presence': {
    type: 'peer-presence',
    document,
    whereabouts: [
      { replica, state: member.state },
      { replica, state: null },
    ],
  },
  catalogue: { type: 'catalogue', document, incarnation: origin, registers: [title] },
}

function must<T>(parsed: T | null): T {
  if (parsed === null) throw new Error('Of another form')
  return parsed
}
