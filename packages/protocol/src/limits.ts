/** How much of anything a message or a document may hold. Each limit stands well above honest use and has its reason here. */

/** One message. An hour of fast typing is 20 kB; a pasted novel is 1 MB, and clients send longer pastes in parts. */
export const MAX_MESSAGE_BYTES = 1_048_576

/** Code points in a person's name: the longest names people write, and what fits a cursor's flag. */
export const MAX_NAME = 64

/** Code points in a title: two lines of heading. */
export const MAX_TITLE = 200

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

/** Messages a connection may send per second, kept up, and at once. A fast typist with a moving mouse sends 40. */
export const MESSAGES_PER_SECOND = 1000
export const MESSAGES_AT_ONCE = 4000

/** Bytes a connection may send per second, kept up, and at once: eight full messages, as after a day offline. */
export const BYTES_PER_SECOND = 1_048_576
export const BYTES_AT_ONCE = 8_388_608

/** How often a cursor's movement is passed on, per second: as often as an eye sees it move. */
export const PRESENCE_PER_SECOND = 30
