/**
 * The format of updates, version 1, in numbers. packages/crdt/FORMAT.md says it in words.
 *
 * The first byte is the version in its upper three bits and the shape in its lower five.
 */
export const FORMAT_VERSION = 1

/** Any coverage and any living characters: columns of numbers, then text. */
export const COLUMNS = 0
/** COLUMNS that speak for everything known, with the incarnation in front: a saved document. */
export const STATE = 1
/** One new run, with its path, and all its characters. */
export const RUN = 2
/** One range of ids, all dead. */
export const DELETION = 3
/** One id, dead. */
export const DELETION_OF_ONE = 4
/** The next characters of a run that the receiver knows: what most keystrokes are. */
export const TYPING = 5
/** From 6 up to this, TYPING whose offset in the run is the shape less 5. */
export const LAST_TYPING = 30
/** A few updates of the shapes from RUN to TYPING: what replacing text, or typing at several places at once, makes. */
export const SEVERAL = 31

/** Of SEVERAL. More than this is said shorter in columns. */
export const MOST_PARTS = 16

/** The flags in the head of a run; the levels to go up from the run before stand above them. */
export const ON_RIGHT = 1
export const HAS_DIGIT = 2
export const OTHER_REPLICA = 4
export const BARE = 8
export const HAS_SOURCE = 16
export const UP = 32

/**
 * Levels of runs under each other. Real documents stay below 50; one more is needed only where a run is split, so this many take
 * somebody who splits what they just typed 16,000 times in one place. A comparison takes time in proportion to it.
 */
export const MAX_DEPTH = 16384
