import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The process of the others (writers.mjs), as a measurement speaks to it. */
export class Others {
  #child

  static async start(product, url) {
    const others = new Others()
    await others.do('serve', { product, url })
    return others
  }

  constructor() {
    this.#child = fork(fileURLToPath(new URL('writers.mjs', import.meta.url)), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
  }

  /** One order, and its answer. */
  async do(order, about = {}) {
    const gone = new AbortController()
    const dead = once(this.#child, 'exit', { signal: gone.signal }).then(() => {
      throw new Error('The others died')
    })
    this.#child.send({ order, ...about })
    const answer = once(this.#child, 'message').then(([message]) => message)
    const { ok, value, message } = await Promise.race([answer, dead]).finally(() => {
      dead.catch(() => {})
      gone.abort()
    })
    if (!ok) throw new Error(message)
    return value
  }

  end() {
    this.#child.kill('SIGKILL')
  }
}
