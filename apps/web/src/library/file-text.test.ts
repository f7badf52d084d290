import { MAX_DOCUMENT_LENGTH } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { textOfFile } from './file-text.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('text comes in whole, with one kind of line breaks and without the mark before it', () => {
  expect(textOfFile(bytes('\uFEFFone\r\ntwo\rthree\n🙂'))).toEqual({ ok: true, text: 'one\ntwo\nthree\n🙂' })
  expect(textOfFile(bytes(''))).toEqual({ ok: true, text: '' })
})

test('a file that says it is UTF-16 is read as that', () => {
  expect(textOfFile(new Uint8Array([0xff, 0xfe, 0x68, 0, 0x69, 0]))).toEqual({ ok: true, text: 'hi' })
  expect(textOfFile(new Uint8Array([0xfe, 0xff, 0, 0x68, 0, 0x69]))).toEqual({ ok: true, text: 'hi' })
})

test('what is no text is none, and what is text in another encoding is not guessed at', () => {
  expect(textOfFile(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]))).toEqual({ ok: false, reason: 'binary' })
  expect(textOfFile(new Uint8Array([0x63, 0x61, 0x66, 0xe9]))).toEqual({ ok: false, reason: 'encoding' })
})

test('a document’s worth of text comes in, and a character more does not', () => {
  expect(textOfFile(bytes('x'.repeat(MAX_DOCUMENT_LENGTH))).ok).toBe(true)
  expect(textOfFile(bytes('x'.repeat(MAX_DOCUMENT_LENGTH + 1)))).toEqual({ ok: false, reason: 'too-large' })
})
