import { expect, test } from 'vitest'
import { below, randomText, seededRandom, seeds } from '../src/random.ts'

const numbers = (seed: number): readonly number[] => {
  const random = seededRandom(seed)
  return Array.from({ length: 1000 }, () => random())
}

test('one seed gives one sequence, and neighbouring seeds give unlike ones', () => {
  expect(numbers(7)).toEqual(numbers(7))
  const [a, b] = [numbers(7), numbers(8)]
  expect(a.filter((number, i) => Math.abs(number - (b[i] ?? 0)) < 0.001).length).toBeLessThan(10)
})

test('the numbers are spread from 0 up to 1', () => {
  const counts = [0, 0, 0, 0]
  for (const number of numbers(1)) counts[Math.floor(number * 4)] = (counts[Math.floor(number * 4)] ?? 0) + 1
  expect(counts.length).toBe(4)
  for (const count of counts) expect(count).toBeGreaterThan(190)
})

test('random text is well-formed', () => {
  const random = seededRandom(3)
  for (let i = 0; i < 100; i++) expect(randomText(random, below(random, 20))).not.toMatch(/\p{Surrogate}/u)
})

test('a test gets as many seeds as it wants, or those it is told', () => {
  expect(seeds(3).length).toBeGreaterThan(0)
})
