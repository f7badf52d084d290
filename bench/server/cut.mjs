import { connect, createServer } from 'node:net'

/** A way to a server that can be cut: what is on it is lost, and nobody comes through until it is healed. */
export class Cut {
  #pairs = new Set()
  #isCut = false
  #listener
  url

  static start(port) {
    return new Promise((resolve) => {
      const cut = new Cut(port)
      cut.#listener.listen(0, '127.0.0.1', () => {
        cut.url = `http://127.0.0.1:${cut.#listener.address().port}`
        resolve(cut)
      })
    })
  }

  constructor(port) {
    this.#listener = createServer((near) => {
      near.on('error', () => {})
      if (this.#isCut) return near.destroy()
      const far = connect(port, '127.0.0.1')
      far.on('error', () => {})
      const end = () => {
        near.destroy()
        far.destroy()
        this.#pairs.delete(end)
      }
      this.#pairs.add(end)
      near.on('close', end)
      far.on('close', end)
      near.pipe(far).pipe(near)
    })
  }

  cut() {
    this.#isCut = true
    for (const end of this.#pairs) end()
  }

  heal() {
    this.#isCut = false
  }

  close() {
    this.cut()
    this.#listener.close()
  }
}
