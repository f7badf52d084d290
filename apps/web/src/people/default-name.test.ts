import { expect, test } from 'vitest'
import { LANGUAGES } from '../language/language.ts'
import { speak } from '../texts.ts'
import { defaultName } from './default-name.ts'

test('whatever chance says, and in every language, a name has a mood and an animal', async () => {
  for (const language of LANGUAGES) {
    await speak(language)
    for (let n = 0; n < 144; n += 1) expect(defaultName(() => n / 144)).toMatch(/^\p{Lu}[\p{L}-]+ [\p{L}-]+$/u)
  }
  await speak('en')
})
