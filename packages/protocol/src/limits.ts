/** How much of anything a message or a document may hold. Each limit stands well above honest use and has its reason here. */

/** One message. An hour of fast typing is 20 kB; a pasted novel is 1 MB, and clients send longer pastes in parts. */
export const MAX_MESSAGE_BYTES = 1_048_576

/** What a message says of a version: 20,000 replicas. It leaves room for what else a hello or an answer to a peer says. */
export const MAX_VERSION_BYTES = 524_288

/** Code points in a person's name: the longest names people write, and what fits a cursor's flag. */
export const MAX_NAME = 64

/** Code points in a title: two lines of heading. */
export const MAX_TITLE = 200

/** Code points in the name of a language: the longest that CodeMirror knows has 25. */
export const MAX_LANGUAGE = 64

/** Bytes of a name or title as it comes in, before it is cleaned and cut: 10,000 characters of any script. */
export const MAX_UNCLEAN_TEXT_BYTES = 65_536

/** One person's presence on the wire: a name of 64 four-byte characters is 256 bytes, two anchors are 24. */
export const MAX_PRESENCE_BYTES = 1024

/** A token: a signed one with a few claims is some 500 bytes. */
export const MAX_TOKEN_BYTES = 4096

/** Characters (UTF-16 units) in a document: three times War and Peace. Opening one must still fit a phone's memory. */
export const MAX_DOCUMENT_LENGTH = 10_000_000

/** People in one document that a welcome names: more than one server has connections. */
export const MAX_MEMBERS = 65_536

/** Addresses of servers in a welcome: a full mesh is right up to about ten. */
export const MAX_SERVERS = 64

/** Characters of one document that may wait for the beginning of their run; beyond it something is made to wait on purpose. */
export const MAX_WAITING = 1_000_000

/**
 * Replicas that a connection may be the first to speak of, beside its own: whoever brings back a document that every server has lost
 * brings all who wrote in it. Ten people who open it three times a day need six years for so many.
 */
export const MAX_VOUCHED_FOR = 65_536

/** Messages a connection may send per second, kept up, and at once. A fast typist with a moving mouse sends 40. */
export const MESSAGES_PER_SECOND = 1000
export const MESSAGES_AT_ONCE = 4000

/** Bytes a connection may send per second, kept up, and at once: eight full messages, as after a day offline. */
export const BYTES_PER_SECOND = 1_048_576
export const BYTES_AT_ONCE = 8_388_608

/** How often a cursor's movement is passed on, per second: as often as an eye sees it move. */
export const PRESENCE_PER_SECOND = 30

/** What a deflated message holds: a document of the greatest length, each character typed in a place of its own. */
export const MAX_INFLATED_BYTES = 134_217_728

/** A server's id: an id it made itself is 12 digits; one that was chosen may be a host's name. */
export const MAX_SERVER_ID_BYTES = 64

/** What servers prove to each other: 128 bits of chance, answered by an HMAC-SHA256. */
export const NONCE_BYTES = 16
export const PROOF_BYTES = 32

/** A message of somebody who has not proven yet to be a peer. */
export const MAX_PEER_GREETING_BYTES = 1024

/** An address, as browsers take them. */
export const MAX_ADDRESS_BYTES = 2048

/** The buckets in which servers compare their documents: 10,000 documents are 40 in each, and the hashes are 2 kB. */
export const BUCKETS = 256
export const BUCKET_HASHES_BYTES = 2048

/** One message between servers: a turn of pushes of a megabyte each is cut, and so is what a peer lacks. */
export const MAX_PEER_MESSAGE_BYTES = 4_194_304

/** Replicas that one message between servers names: everybody who ever opened a document. */
export const MAX_PEOPLE = 1_000_000

/** What is known of a document beside its text: some ten values, of a few hundred bytes. */
export const MAX_REGISTERS = 1000
export const MAX_REGISTER_NAME_BYTES = 256
export const MAX_REGISTER_BYTES = 65_536
export const MAX_STAMP_BYTES = 256
