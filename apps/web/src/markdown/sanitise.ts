/**
 * The second wall behind the renderer: of its HTML only elements and attributes that a text needs get through. The third is
 * the frame the preview stands in, in which no script runs.
 */
import createPurifier from 'dompurify'

const ALLOWED_TAGS =
  'a blockquote br code div em h1 h2 h3 h4 h5 h6 hr img input li ol p pre s section span strong sup table tbody td th thead tr ul'
const WORDS = 'alt aria-label checked class data-language data-line id rel start style tabindex target title type'
const ALLOWED_ATTR = `${WORDS} href src`
const ALIGNMENT = /^text-align:(?:left|center|right)$/

const purifier = createPurifier(window)
purifier.addHook('uponSanitizeAttribute', (_element, attribute) => {
  if (attribute.attrName === 'style') attribute.keepAttr = ALIGNMENT.test(attribute.attrValue)
})
purifier.addHook('afterSanitizeAttributes', (element) => {
  if (element.nodeName === 'INPUT' && element.getAttribute('type') !== 'checkbox') element.remove()
})

export function sanitise(html: string): DocumentFragment {
  return purifier.sanitize(html, {
    ALLOWED_TAGS: ALLOWED_TAGS.split(' '),
    ALLOWED_ATTR: ALLOWED_ATTR.split(' '),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    // These are no addresses; all others are.
    ADD_URI_SAFE_ATTR: WORDS.split(' '),
    ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:|#|data:image\/(?:png|jpe?g|gif|webp);base64,)/i,
    RETURN_DOM_FRAGMENT: true,
  })
}
