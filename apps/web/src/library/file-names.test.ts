import { expect, test } from 'vitest'
import { extensionOf, fileNameOf, ownFileNameOf, titleOfFile, unusedName } from './file-names.ts'

test('a title is a name of a file in each format, with one extension', () => {
  expect(fileNameOf('Field notes', 'Untitled', 'md')).toBe('Field notes.md')
  expect(fileNameOf('notes.md', 'Untitled', 'md')).toBe('notes.md')
  expect(fileNameOf('notes.md', 'Untitled', 'txt')).toBe('notes.txt')
  expect(fileNameOf('notes.md', 'Untitled', 'html')).toBe('notes.html')
  expect(fileNameOf('server.py', 'Untitled', 'html')).toBe('server.py.html')
  expect(fileNameOf('', 'Untitled', 'txt')).toBe('Untitled.txt')
})

test('in an archive code keeps its extension, and a text without one is Markdown', () => {
  expect(ownFileNameOf('server.py', 'Untitled')).toBe('server.py')
  expect(ownFileNameOf('Field notes', 'Untitled')).toBe('Field notes.md')
  expect(ownFileNameOf('', 'Ohne Titel')).toBe('Ohne Titel.md')
  expect(ownFileNameOf('Mr. Smith', 'Untitled')).toBe('Mr. Smith.md')
  expect(ownFileNameOf('Version 2.0', 'Untitled')).toBe('Version 2.0.md')
})

test('no title leads out of its folder, hides its file, or is a device', () => {
  expect(ownFileNameOf('../../etc/passwd', 'Untitled')).toBe('etc passwd.md')
  expect(ownFileNameOf('C:\\Windows\\win.ini', 'Untitled')).toBe('C Windows win.ini')
  expect(ownFileNameOf('.bashrc', 'Untitled')).toBe('bashrc.md')
  expect(ownFileNameOf('con', 'Untitled')).toBe('con_.md')
  expect(ownFileNameOf('con.txt', 'Untitled')).toBe('con_.txt')
  expect(ownFileNameOf('???', 'Untitled')).toBe('Untitled.md')
})

test('a name is cut so that systems take it, and never inside a character', () => {
  const name = ownFileNameOf('🙂'.repeat(100), 'Untitled')
  expect(new TextEncoder().encode(name).length).toBeLessThan(255)
  expect(name).toBe(`${'🙂'.repeat(40)}.md`)
  expect(ownFileNameOf(`a${'🙂'.repeat(100)}`, 'Untitled')).not.toContain('\uD83D.')
})

test('two documents of one title are two files', () => {
  const used = new Set<string>()
  for (const name of ['Notes.md', 'notes.md', 'NOTES.md']) used.add(unusedName(name, used).toLowerCase())
  expect([...used]).toEqual(['notes.md', 'notes (2).md', 'notes (3).md'])
})

test('the name of a file is its title, whole, so that its extension says what language it is in', () => {
  expect(titleOfFile('notes.md')).toBe('notes.md')
  expect(titleOfFile('a\u202Egnp.exe')).toBe('agnp.exe')
  const long = titleOfFile(`${'x'.repeat(250)}.tsx`)
  expect(long).toHaveLength(200)
  expect(extensionOf(long)).toBe('tsx')
})
