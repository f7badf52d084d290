/** Stands between a page and its server: holds back what the server says, or answers in its place, as a full or sick one would. */

import {
  type ClientMessage,
  decodeClientMessage,
  encodeServerMessage,
  type RefusalReason,
  type ServerMessage,
} from '@manyhands/protocol'
import type { Page, WebSocketRoute } from '@playwright/test'

/** What the server would have answered; null: this message goes on to the server. */
type Answer = (message: ClientMessage) => ServerMessage | null

const passOn: Answer = () => null

/** Changes as connections come and go. */
export class Middleman {
  private answer: Answer = passOn
  private isHolding = false
  private held: (() => void)[] = []
  private page: WebSocketRoute | null = null

  /** In every connection that the page makes from now on. */
  static async before(page: Page): Promise<Middleman> {
    const middleman = new Middleman()
    await page.routeWebSocket(/\/socket\.io\//, (socket) => middleman.meet(socket))
    return middleman
  }

  /** From now on the page hears nothing more that its server says; what keeps the line up goes through. */
  hold(): void {
    this.isHolding = true
  }

  /** It hears everything, in its order. */
  letGo(): void {
    this.isHolding = false
    for (const pass of this.held.splice(0)) pass()
  }

  /** Turns every page away at the door. */
  refuseEntry(reason: RefusalReason): void {
    this.answer = ({ type }) => (type === 'hello' ? { type: 'refused', reason, detail: '', n: null } : null)
  }

  /** Puts whoever is in out, and lets nobody in. */
  putOut(reason: RefusalReason): void {
    this.refuseEntry(reason)
    this.say({ type: 'refused', reason, detail: '', n: null })
  }

  refusePushes(reason: RefusalReason): void {
    this.answer = (message) => (message.type === 'push' ? { type: 'refused', reason, detail: '', n: message.n } : null)
  }

  /** As if the server had said it. */
  say(message: ServerMessage): void {
    this.page?.send(Buffer.from(encodeServerMessage(message)))
  }

  passOn(): void {
    this.answer = passOn
  }

  private meet(page: WebSocketRoute): void {
    const server = page.connectToServer()
    this.page = page
    page.onMessage((frame) => {
      const answer = typeof frame === 'string' ? null : this.answerTo(frame)
      if (answer === null) server.send(frame)
      else this.pass(() => page.send(Buffer.from(encodeServerMessage(answer))))
    })
    // What is said is bytes; what keeps the line up is text.
    server.onMessage((frame) => (typeof frame === 'string' ? page.send(frame) : this.pass(() => page.send(frame))))
  }

  private answerTo(frame: Buffer): ServerMessage | null {
    const message = decodeClientMessage(new Uint8Array(frame))
    return message.ok ? this.answer(message.value) : null
  }

  private pass(send: () => void): void {
    if (this.isHolding) this.held.push(send)
    else send()
  }
}
