import { expect, test } from 'vitest'
import { LANGUAGES } from '../language/language.ts'
import { speak, texts } from '../texts.ts'
import { defaultName } from './default-name.ts'
import { initials } from './initials.ts'

test('whatever chance says, and in every language, a name has a mood and an animal, and two names have different initials', async () => {
  for (const language of LANGUAGES) {
    await speak(language)
    for (let n = 0; n < 144; n += 1) expect(defaultName(() => n / 144)).toMatch(/^\p{Lu}[\p{L}-]+ [\p{L}-]+$/u)
    const all = Array.from({ length: 144 }, (_, n) => texts.people.invented(Math.floor(n / 12), n % 12))
    expect(new Set(all.map(initials)).size).toBe(144)
  }
  await speak('en')
})
