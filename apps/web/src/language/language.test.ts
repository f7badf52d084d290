import { expect, test } from 'vitest'
import { speak, texts } from '../texts.ts'
import { english } from '../texts-en.ts'
import { LANGUAGES, languageOf, languageOfDevice, readLanguageChoice } from './language.ts'

test('a device’s first language that the page speaks is taken, whatever its region', () => {
  expect(languageOfDevice(['de-AT', 'en'])).toBe('de')
  expect(languageOfDevice(['it', 'fr-CA', 'en'])).toBe('fr')
  expect(languageOfDevice(['EN-gb'])).toBe('en')
})

test('a device that reads none of them is spoken to in English', () => {
  expect(languageOfDevice(['ja', 'it'])).toBe('en')
  expect(languageOfDevice([])).toBe('en')
})

test('a choice outweighs the device, and what is no language is no choice', () => {
  expect(languageOf('fr', ['de'])).toBe('fr')
  expect(languageOf(readLanguageChoice('tlh'), ['de'])).toBe('de')
})

test('every sentence stands in every language, and none is empty', async () => {
  for (const language of LANGUAGES) {
    await speak(language)
    expect(sentencesOf(texts), language).toEqual(sentencesOf(english))
    expect([...emptyIn(texts)], language).toEqual([])
  }
  await speak('en')
})

function sentencesOf(catalogue: object, path = ''): readonly string[] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? sentencesOf(value, `${path}${key}.`) : [`${path}${key}`],
  )
}

function* emptyIn(catalogue: object): Generator<string> {
  for (const [key, value] of Object.entries(catalogue)) {
    if (value === '') yield key
    if (typeof value === 'object' && value !== null) yield* emptyIn(value)
  }
}
