import { expect } from '@playwright/test'

/** What is read when two looks in a row find the same. */
export async function settled(read: () => Promise<number>): Promise<number> {
  const seen: number[] = []
  await expect(async () => {
    seen.push(await read())
    expect(seen.at(-1)).toBe(seen.at(-2))
  }).toPass()
  return seen.at(-1) ?? 0
}
