import { expect, test } from 'vitest'
import { type KeyPress, keyLabels, strokeOf, types } from './keys.ts'

const press = (key: string, ...down: readonly ('ctrl' | 'meta' | 'alt' | 'shift')[]): KeyPress => ({
  key,
  ctrlKey: down.includes('ctrl'),
  metaKey: down.includes('meta'),
  altKey: down.includes('alt'),
  shiftKey: down.includes('shift'),
})

test('Mod is Ctrl, and Cmd on a Mac', () => {
  expect(strokeOf(press('P', 'ctrl', 'shift'), false)).toBe('Mod-Shift-p')
  expect(strokeOf(press('p', 'meta', 'shift'), true)).toBe('Mod-Shift-p')
  expect(strokeOf(press('p', 'ctrl'), true)).toBe('Ctrl-p')
})

test('a sign is the same sign on every keyboard, wherever it stands', () => {
  expect(strokeOf(press('.', 'ctrl'), false)).toBe('Mod-.')
  expect(strokeOf(press('.', 'ctrl', 'shift'), false)).toBe('Mod-.')
  expect(strokeOf(press('?', 'shift'), false)).toBe('?')
})

test('a modifier alone is no stroke', () => {
  expect(strokeOf(press('Control', 'ctrl'), false)).toBeNull()
})

test('letters and signs type, function keys and what is pressed with a modifier do not', () => {
  expect(['?', 'f', 'Enter'].map(types)).toEqual([true, true, true])
  expect(['F1', 'Mod-.', 'Mod-Shift-p', 'Alt-ArrowUp'].map(types)).toEqual([false, false, false, false])
})

test('keys are shown as they stand on the keyboard, one label for each stroke', () => {
  expect(keyLabels('Mod-Shift-p', false)).toEqual(['Ctrl+Shift+P'])
  expect(keyLabels('Mod-Shift-p', true)).toEqual(['⌘⇧P'])
  expect(keyLabels('Mod-. f', false)).toEqual(['Ctrl+.', 'F'])
  expect(keyLabels('Mod--', false)).toEqual(['Ctrl+-'])
  expect(keyLabels('Mod-ArrowUp', false)).toEqual(['Ctrl+↑'])
})
