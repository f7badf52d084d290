/** The page inside the preview's frame: its styles, and an empty body. */
import syntax from '../syntax/syntax.css?inline'
import fonts from '../theme/fonts.css?inline'
import tokens from '../theme/tokens.css?inline'
import look from './preview.css?inline'

export const framePage = `<!doctype html><html><head><meta charset="utf-8"><style>${[tokens, fonts, syntax, look].join('\n')}</style></head><body></body></html>`
