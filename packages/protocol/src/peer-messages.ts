import type { Result } from '@manyhands/crdt'
import type { Reader } from '@manyhands/crdt/bytes'
import { type Catalogue, readCatalogue, writeCatalogue } from './catalogue.ts'
import { type CatchUp, readCatchUp, writeCatchUp } from './catch-up.ts'
import { type CatchUpAnswer, readCatchUpAnswer, writeCatchUpAnswer } from './catch-up-answer.ts'
import { decodeMessage, encodeMessage } from './codec.ts'
import { type Compare, readCompare, writeCompare } from './compare.ts'
import { type CompareAnswer, readCompareAnswer, writeCompareAnswer } from './compare-answer.ts'
import { type Hash, readHash, writeHash } from './hash.ts'
import { type HashAnswer, readHashAnswer, writeHashAnswer } from './hash-answer.ts'
import { type NotReplicated, readNotReplicated, writeNotReplicated } from './not-replicated.ts'
import { type PeerChallenge, readPeerChallenge, writePeerChallenge } from './peer-challenge.ts'
import { type PeerHello, readPeerHello, writePeerHello } from './peer-hello.ts'
import { type PeerPresence, readPeerPresence, writePeerPresence } from './peer-presence.ts'
import { type PeerProof, readPeerProof, writePeerProof } from './peer-proof.ts'
import { type PeerRefused, readPeerRefused, writePeerRefused } from './peer-refused.ts'
import { type PeerWelcome, readPeerWelcome, writePeerWelcome } from './peer-welcome.ts'
import type { Refusal } from './refusals.ts'
import { type Replicate, readReplicate, writeReplicate } from './replicate.ts'
import { type Replicated, readReplicated, writeReplicated } from './replicated.ts'
import { unreachable } from './unreachable.ts'

/** What a server says to another one. */
export type PeerMessage =
  | PeerHello
  | PeerChallenge
  | PeerProof
  | PeerWelcome
  | PeerRefused
  | Replicate
  | Replicated
  | NotReplicated
  | Compare
  | CompareAnswer
  | CatchUp
  | CatchUpAnswer
  | PeerPresence
  | Catalogue
  | Hash
  | HashAnswer

/** The first byte. A number once given is never given again. */
const PEER_HELLO = 1
const PEER_CHALLENGE = 2
const PEER_PROOF = 3
const PEER_WELCOME = 4
const PEER_REFUSED = 5
const REPLICATE = 6
const REPLICATED = 7
const NOT_REPLICATED = 8
const COMPARE = 9
const COMPARE_ANSWER = 10
const CATCH_UP = 11
const CATCH_UP_ANSWER = 12
const PEER_PRESENCE = 13
const CATALOGUE = 14
const HASH = 15
const HASH_ANSWER = 16

export function encodePeerMessage(m: PeerMessage): Uint8Array {
  switch (m.type) {
    case 'peer-hello':
      return encodeMessage(PEER_HELLO, m, writePeerHello)
    case 'peer-challenge':
      return encodeMessage(PEER_CHALLENGE, m, writePeerChallenge)
    case 'peer-proof':
      return encodeMessage(PEER_PROOF, m, writePeerProof)
    case 'peer-welcome':
      return encodeMessage(PEER_WELCOME, m, writePeerWelcome)
    case 'peer-refused':
      return encodeMessage(PEER_REFUSED, m, writePeerRefused)
    case 'replicate':
      return encodeMessage(REPLICATE, m, writeReplicate)
    case 'replicated':
      return encodeMessage(REPLICATED, m, writeReplicated)
    case 'not-replicated':
      return encodeMessage(NOT_REPLICATED, m, writeNotReplicated)
    case 'compare':
      return encodeMessage(COMPARE, m, writeCompare)
    case 'compare-answer':
      return encodeMessage(COMPARE_ANSWER, m, writeCompareAnswer)
    case 'catch-up':
      return encodeMessage(CATCH_UP, m, writeCatchUp)
    case 'catch-up-answer':
      return encodeMessage(CATCH_UP_ANSWER, m, writeCatchUpAnswer)
    case 'peer-presence':
      return encodeMessage(PEER_PRESENCE, m, writePeerPresence)
    case 'catalogue':
      return encodeMessage(CATALOGUE, m, writeCatalogue)
    case 'hash':
      return encodeMessage(HASH, m, writeHash)
    case 'hash-answer':
      return encodeMessage(HASH_ANSWER, m, writeHashAnswer)
    default:
      return unreachable(m)
  }
}

export function decodePeerMessage(bytes: Uint8Array): Result<PeerMessage, Refusal> {
  return decodeMessage(bytes, readPeerMessage)
}

function readPeerMessage(r: Reader): PeerMessage {
  const type = r.byte()
  switch (type) {
    case PEER_HELLO:
      return readPeerHello(r)
    case PEER_CHALLENGE:
      return readPeerChallenge(r)
    case PEER_PROOF:
      return readPeerProof(r)
    case PEER_WELCOME:
      return readPeerWelcome(r)
    case PEER_REFUSED:
      return readPeerRefused(r)
    case REPLICATE:
      return readReplicate(r)
    case REPLICATED:
      return readReplicated(r)
    case NOT_REPLICATED:
      return readNotReplicated(r)
    case COMPARE:
      return readCompare(r)
    case COMPARE_ANSWER:
      return readCompareAnswer(r)
    case CATCH_UP:
      return readCatchUp(r)
    case CATCH_UP_ANSWER:
      return readCatchUpAnswer(r)
    case PEER_PRESENCE:
      return readPeerPresence(r)
    case CATALOGUE:
      return readCatalogue(r)
    case HASH:
      return readHash(r)
    case HASH_ANSWER:
      return readHashAnswer(r)
    default:
      return r.fail('unknown-type', `No message between servers has the number ${type}`)
  }
}
