/** Renders Markdown beside the page, which goes on typing meanwhile and ends this thread if a text takes too long. */
import { renderMarkdown } from '../markdown/render.ts'

self.onmessage = ({ data }: MessageEvent<string>): void => self.postMessage(renderMarkdown(data))
