import { hocuspocus } from './hocuspocus.mjs'
import * as measurements from './measurements.mjs'
import { ours } from './ours.mjs'
import { yWebsocket } from './y-websocket.mjs'

/** The load generator: takes one task from whoever started it, starts the servers, does to them what the task says, answers figures. */

const tasks = new Map(Object.entries(measurements))
const products = { ours, hocuspocus, 'y-websocket': yWebsocket }

process.on('message', async ({ measure, product, ...options }) => {
  try {
    process.send({ ok: true, value: await tasks.get(measure)(products[product], options) })
  } catch (error) {
    process.send({ ok: false, message: String(error?.stack ?? error) })
  }
  process.exit(0)
})
