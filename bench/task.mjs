import * as measurements from './measurements.mjs'

/** One measurement, or the making of what one reads, in this process and no other. The parent sends what to do, once. */

const memories = []
countWasmMemory()

process.once('message', async (task) => {
  const answer = await run(task).then(
    (value) => ({ ok: true, value: value ?? {} }),
    (error) => ({ ok: false, message: String(error?.message ?? error).split('\n')[0] }),
  )
  process.send(answer, () => process.disconnect())
})

async function run({ library: name, measure, ...rest }) {
  const library = await import(`./libraries/${name}.mjs`)
  const run = new Map(Object.entries(measurements)).get(measure)
  return run(library, rest, {
    bytes: () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  })
}

/** Keeps the memories of WASM modules made from here on: Node's own figures may leave them out. */
function countWasmMemory() {
  const keep = (instance) => {
    for (const thing of Object.values(instance.exports)) if (thing instanceof WebAssembly.Memory) memories.push(thing)
    return instance
  }
  const { Instance, instantiate } = WebAssembly
  WebAssembly.Instance = class extends Instance {
    constructor(...args) {
      super(...args)
      keep(this)
    }
  }
  WebAssembly.instantiate = async (...args) => {
    const made = await instantiate(...args)
    keep(made.instance ?? made)
    return made
  }
}
