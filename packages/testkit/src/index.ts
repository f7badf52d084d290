export { FakeClock } from './clock.ts'
export { randomEdits, type Typable, Typist, wholeIndex } from './editors.ts'
export { calm, Lines, Network, type ServerLine, type ServerLineEvents, stormy, type Weather } from './network.ts'
export { below, pick, type Random, randomText, seededRandom, seeds } from './random.ts'
