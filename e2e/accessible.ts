/** What axe has to say of a page: nothing, in every route and every state. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Looks once what moves has come to rest, and while nothing begins to move: half-faded letters have half the contrast. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.evaluate(async () => {
    const finite = document.getAnimations().filter((it) => it.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(finite.map((animation) => animation.finished))
  })
  // In the frame of a preview no script runs, axe neither: its page is looked at outside of it.
  const { violations } = await new AxeBuilder({ page }).withTags(rules).exclude('.preview iframe').analyze()
  const said = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
  }))
  await page.emulateMedia({ reducedMotion: null })
  expect(said, 'what axe found').toEqual([])
}
