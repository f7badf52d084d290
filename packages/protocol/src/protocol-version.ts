/** The language of the messages. One line per version here; hello says which one a client speaks. */
// 1: hello, push, presence, rename, sync; welcome, refused, stored, updates, presence, renamed, resync, bye, role.
// 2: set-register and registers for rename and renamed; registers in welcome, the key of a link in hello; a presence may have a top.
// 3: agreement, and the server's id in welcome; between servers hash and hash-answer.
export const PROTOCOL_VERSION = 3

/** The oldest version that a server of this build still answers. */
export const OLDEST_PROTOCOL_VERSION = 3
