/** Which addresses a text may lead to: the web, a mailbox, a place in the same text. */
const LINK = /^(?:https?:\/\/|mailto:|#)/i
// A picture made of points. SVG is left out: it is a document with links and scripts of its own.
const INLINE_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z\d+/=]*$/i

export function isLink(address: string): boolean {
  return LINK.test(address)
}

/** A picture that stands in the text itself. */
export function isInlineImage(address: string): boolean {
  return INLINE_IMAGE.test(address)
}
