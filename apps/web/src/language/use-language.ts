/** The language the page speaks: what the person chose, or what their device says. */
import { useEffect, useState } from 'react'
import type { Memory } from '../memory.ts'
import { speak } from '../texts.ts'
import { type Language, type LanguageChoice, languageOf, readLanguageChoice } from './language.ts'

export interface LanguageSetting {
  readonly choice: LanguageChoice
  /** What is spoken now. */
  readonly language: Language
  readonly choose: (choice: LanguageChoice) => void
}

const KEY = 'language'

/** To be awaited before anything is shown, so that nothing is shown twice. */
export function speakAsRemembered(memory: Memory, preferred: readonly string[]): Promise<Language> {
  return speak(languageOf(readLanguageChoice(memory.recall(KEY)), preferred))
}

/** Stands at the root: when the language changes, everything below is rendered anew. */
export function useLanguage(memory: Memory, spoken: Language): LanguageSetting {
  const [choice, setChoice] = useState(() => readLanguageChoice(memory.recall(KEY)))
  const [language, setLanguage] = useState(spoken)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const choose = (next: LanguageChoice): void => {
    memory.keep(KEY, next)
    setChoice(next)
    void speak(languageOf(next, navigator.languages)).then(setLanguage)
  }
  return { choice, language, choose }
}
