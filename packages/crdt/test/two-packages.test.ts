import { expect, test, vi } from 'vitest'

type Package = typeof import('../src/index.ts')

/** A copy of the package that shares no module with any other. */
async function freshPackage(): Promise<Package> {
  vi.resetModules()
  return import('../src/index.ts')
}

test('two copies of the package in one process understand each other by bytes, and by values', async () => {
  const [one, other] = [await freshPackage(), await freshPackage()]
  expect(one.Doc).not.toBe(other.Doc)
  const incarnation = one.incarnation('00112233445566778899aabbccddeeff')
  const here = one.Doc.create({ replica: one.replicaId(1), incarnation })
  const there = other.Doc.create({ replica: other.replicaId(2), incarnation })
  const bytes = [
    here.edit([{ from: 0, to: 0, insert: 'hello' }]),
    here.edit([{ from: 5, to: 5, insert: ' world' }]),
    here.edit([{ from: 0, to: 1, insert: 'H' }]),
  ].map((update) => update.bytes)
  for (const each of bytes) {
    const read = other.decodeUpdate(each)
    if (read.ok) there.apply(read.value)
  }
  expect(there.text()).toBe('Hello world')
  const version = one.decodeVersion(other.encodeVersion(there.version()))
  expect(version.ok && here.updateSince(version.value).isEmpty).toBe(true)

  // An update is a plain value: nothing asks which copy of the package made it.
  here.apply(there.edit([{ from: 5, to: 5, insert: ',' }]))
  here.apply(there.edit([{ from: 6, to: 6, insert: ' dear' }]))
  here.apply(there.updateSince(here.version()))
  expect(here.text()).toBe('Hello, dear world')
  expect(here.stateHash()).toBe(there.stateHash())
  const loaded = other.Doc.load(here.encode(), { replica: other.replicaId(3) })
  expect(loaded.ok && loaded.value.text()).toBe('Hello, dear world')
})
