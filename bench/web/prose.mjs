import { random } from '../workloads.mjs'

const WORDS =
  'the of and a to in is was that it for on are as with they at be this have from or one had by word but not what all were we when your can said there use an each which she do how their if'.split(
    ' ',
  )

/** Markdown of exactly so many characters, the same each time: paragraphs of lines of about 80, a heading to every twentieth. */
export function prose(length) {
  const chance = random(7)
  const lines = []
  let left = length
  for (let n = 0; left > 0; n++) {
    let line = n % 20 === 0 ? `## Part ${n / 20}` : n % 5 === 4 ? '' : lineOf(chance)
    line = `${line}\n`.slice(0, left)
    left -= line.length
    lines.push(line)
  }
  return lines.join('')
}

function lineOf(chance) {
  let line = ''
  while (line.length < 76) line += `${line === '' ? '' : ' '}${WORDS[Math.floor(chance() * WORDS.length)]}`
  return line
}
