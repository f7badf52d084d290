/** Every sentence the page says, in the language it speaks. English is part of the page; the others come when they are chosen. */
import type { Language } from './language/language.ts'
import { english, type Texts } from './texts-en.ts'

/** Read it when you show something, not when a module is loaded: it changes with the language. */
export let texts: Texts = english

const catalogues: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: () => Promise.resolve(english),
  de: async () => (await import('./texts-de.ts')).german,
  fr: async () => (await import('./texts-fr.ts')).french,
}

/** The language that is spoken from now on: English where the catalogue asked for cannot be had. */
export async function speak(language: Language): Promise<Language> {
  try {
    texts = await catalogues[language]()
    return language
  } catch {
    texts = english
    return 'en'
  }
}
