export { type Id, type IdRange, type Incarnation, incarnation, type ReplicaId, randomIncarnation, randomReplicaId, replicaId } from './ids.ts'
export type { Result } from './result.ts'
