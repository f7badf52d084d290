/** Work on what changes all the time: done now and then on the latest there is, however fast that changes. */
export class Paced<T> {
  private readonly pause: number
  private readonly begin: (value: T) => () => boolean
  private timer: ReturnType<typeof setTimeout> | undefined
  private next: { readonly value: T } | null = null

  /** `begin` returns what does the work a part at a time, and says true when all of it is done. */
  constructor(pause: number, begin: (value: T) => () => boolean) {
    this.pause = pause
    this.begin = begin
  }

  take(value: T): void {
    this.next = { value }
    this.timer ??= setTimeout(() => this.start(), this.pause)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.next = null
  }

  private start(): void {
    if (this.next === null) return
    const doPart = this.begin(this.next.value)
    this.next = null
    this.goOn(doPart)
  }

  private goOn(doPart: () => boolean): void {
    if (!doPart()) {
      this.timer = setTimeout(() => this.goOn(doPart), 0)
      return
    }
    this.timer = undefined
    if (this.next !== null) this.take(this.next.value)
  }
}
