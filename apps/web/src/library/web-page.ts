/** A document as a page of its own: no script, nothing that has to be fetched, readable wherever it is opened. */
import { escapeHtml } from '../markdown/escape-html.ts'
import { renderMarkdown } from '../markdown/render.ts'
import { sanitise } from '../markdown/sanitise.ts'
import { extensionOf } from './file-names.ts'

/** Markdown, unless the title says that it is something else. */
const MARKDOWN = new Set(['', 'md', 'markdown', 'txt'])

/** What the page would be allowed, if anything got past the walls before it. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

const STYLE = `
:root { color-scheme: light dark }
body { max-width: 72ch; margin: 3rem auto; padding: 0 1.25rem; font: 1.05rem/1.6 system-ui, sans-serif; overflow-wrap: break-word }
pre, code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 0.92em }
pre { overflow-x: auto; padding: 0.75rem 1rem; border-radius: 6px; background: light-dark(#f2f2ef, #202227) }
body > pre.plain { padding: 0; background: none; white-space: pre-wrap }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid light-dark(#ccc, #555) }
table { border-collapse: collapse }
th, td { padding: 0.3rem 0.6rem; border: 1px solid light-dark(#ccc, #555) }
img { max-width: 100% }
`

export function webPageOf(title: string, text: string): string {
  const body = MARKDOWN.has(extensionOf(title)) ? markdownHtml(text) : `<pre class="plain">${escapeHtml(text)}</pre>`
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`
}

function markdownHtml(text: string): string {
  const container = document.createElement('div')
  container.append(
    sanitise(
      renderMarkdown(text)
        .map(({ html }) => html)
        .join(''),
    ),
  )
  return container.innerHTML
}
