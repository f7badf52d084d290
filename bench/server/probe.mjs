import { isMainThread } from 'node:worker_threads'

/** Loaded into a server before its own code: says how much memory it holds when the load generator asks. */
if (isMainThread) {
  process.on('message', () => {
    globalThis.gc()
    globalThis.gc()
    process.send(process.memoryUsage())
  })
  process.channel.unref()
}
