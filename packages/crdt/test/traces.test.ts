import { type ConcurrentTrace, type Patch, readConcurrentTrace, readTrace, sequentialTraces } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { check, Doc, decodeUpdate, replicaId, type Update } from '../src/index.ts'
import { INCARNATION, newDoc } from './people.ts'

function play(doc: Doc, patches: readonly Patch[]): readonly Update[] {
  return patches.map(([at, deleted, insert]) => doc.edit([{ from: at, to: at + deleted, insert }]))
}

test.each(sequentialTraces)(
  '%s, typed here and told keystroke by keystroke to another, ends as it is known to end',
  { timeout: 60_000 },
  (name) => {
    const trace = readTrace(name)
    if (trace === null) return
    const [here, there] = [newDoc(1), newDoc(2)]
    const updates = [
      ...play(here, [[0, 0, trace.startContent]]),
      ...trace.txns.flatMap(({ patches }) => play(here, patches)),
    ]
    for (const update of updates) {
      const read = decodeUpdate(update.bytes)
      if (!read.ok) throw new Error(read.error.message)
      there.apply(read.value)
    }
    expect(here.text() === trace.endContent).toBe(true)
    expect(there.text() === trace.endContent).toBe(true)
    expect(there.stateHash()).toBe(here.stateHash())
    check(here)
    check(there)
    const loaded = Doc.load(here.encode(), { replica: replicaId(3) })
    expect(loaded.ok && loaded.value.text() === trace.endContent).toBe(true)
  },
)

test('friendsforever, by copies that merge where its authors did, ends as it is known to end', {
  timeout: 60_000,
}, () => {
  const trace = readConcurrentTrace('friendsforever-concurrent')
  if (trace === null) return
  const docs = Array.from({ length: trace.numAgents }, (_, i) =>
    Doc.create({ replica: replicaId(i + 1), incarnation: INCARNATION }),
  )
  const known = docs.map(() => new Set<number>())
  const updates: (readonly Update[])[] = []
  trace.txns.forEach(({ parents, agent, patches }, i) => {
    const [doc, seen] = [docs[agent], known[agent]]
    if (!doc || !seen) throw new Error('An author that is not there')
    for (const missing of ancestors(trace, parents, seen))
      for (const update of updates[missing] ?? []) doc.apply(update)
    updates.push(play(doc, patches))
    seen.add(i)
  })
  const all = updates.flat()
  for (const doc of docs) for (const update of all) doc.apply(update)
  const reversed = newDoc(99)
  for (const update of [...all].reverse()) reversed.apply(update)
  for (const doc of docs) reversed.apply(doc.updateSince(reversed.version()))
  for (const doc of [...docs, reversed]) {
    check(doc)
    expect(doc.text() === trace.endContent).toBe(true)
    expect(doc.stateHash()).toBe(docs[0]?.stateHash())
  }
})

/** What these transactions build upon and this author has not seen, in order; he has seen it now. */
function ancestors(trace: ConcurrentTrace, parents: readonly number[], seen: Set<number>): readonly number[] {
  const missing: number[] = []
  for (const stack = [...parents]; ; ) {
    const next = stack.pop()
    if (next === undefined) break
    if (seen.has(next)) continue
    seen.add(next)
    missing.push(next)
    stack.push(...(trace.txns[next]?.parents ?? []))
  }
  return missing.sort((a, b) => a - b)
}
