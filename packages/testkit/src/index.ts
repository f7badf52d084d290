export { FakeClock } from './clock.ts'
export { Disk } from './disk.ts'
export { randomEdits, type Typable, Typist, wholeIndex } from './editors.ts'
export { FakeServer, type FakeServerOptions } from './fake-server.ts'
export {
  Copies,
  Disagreement,
  type Part,
  randomFork,
  randomHistory,
  randomStep,
  runHistory,
  type Step,
} from './histories.ts'
export { hostileMarkdown } from './hostile-markdown.ts'
export { type Cut, Internet, type ReadLine } from './internet.ts'
export { Machine } from './machine.ts'
export { calm, Lines, Network, type ServerLine, type ServerLineEvents, stormy, type Weather } from './network.ts'
export { PlainDoc } from './plain-doc.ts'
export { type PlainUpdate, readPlainAnchor, readPlainUpdate } from './plain-update.ts'
export { below, pick, type Random, randomText, seededRandom, seeds } from './random.ts'
export { shrunk } from './shrink.ts'
export {
  type ConcurrentTrace,
  type Patch,
  readConcurrentTrace,
  readTrace,
  sequentialTraces,
  type Trace,
} from './traces.ts'
