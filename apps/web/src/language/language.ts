/** The languages of the page, and which of them a person reads. */

export const LANGUAGES = ['en', 'de', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]
export type LanguageChoice = Language | 'device'

export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', fr: 'Français' }

export function readLanguageChoice(stored: string | null): LanguageChoice {
  return LANGUAGES.find((language) => language === stored) ?? 'device'
}

/** The first language of the device that the page speaks; English, if it speaks none of them. */
export function languageOfDevice(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0]
    const language = LANGUAGES.find((spoken) => spoken === primary)
    if (language !== undefined) return language
  }
  return 'en'
}

export function languageOf(choice: LanguageChoice, preferred: readonly string[]): Language {
  return choice === 'device' ? languageOfDevice(preferred) : choice
}
