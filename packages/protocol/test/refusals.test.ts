import { expect, test } from 'vitest'
import { bandOf, isRefusalReason, refusalReasons, sentenceOf } from '../src/index.ts'
import { numberOf, reasonOf } from '../src/refusals.ts'

test('the codes and their numbers are stable: clients, logs and translations rely on them', () => {
  expect(refusalReasons.map((reason, n) => `${n} ${reason} ${bandOf(reason)}`)).toEqual([
    '0 bad-message permanent',
    '1 too-large permanent',
    '2 bad-document-id permanent',
    '3 client-too-old permanent',
    '4 server-too-old transient',
    '5 not-found permanent',
    '6 history-mismatch permanent',
    '7 forbidden permanent',
    '8 forged-author permanent',
    '9 rate-limited transient',
    '10 too-many-connections transient',
    '11 not-stored transient',
    '12 document-too-large permanent',
    '13 shutting-down transient',
    '14 damaged transient',
    '15 out-of-reach transient',
  ])
})

test('every reason has a sentence and a number that leads back to it', () => {
  for (const reason of refusalReasons) {
    expect(sentenceOf(reason)).toMatch(/^[A-Z].*\.$/)
    expect(reasonOf(numberOf(reason))).toBe(reason)
  }
})

test('a word that is no reason is not taken for one', () => {
  for (const word of ['', 'toString', '__proto__', 'Bad-Message']) expect(isRefusalReason(word)).toBe(false)
  expect(reasonOf(refusalReasons.length)).toBeNull()
})
