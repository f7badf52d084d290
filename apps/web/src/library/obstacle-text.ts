/** What stood in the way of an errand, as the page says it. */
import { texts } from '../texts.ts'
import type { Obstacle } from './errands.ts'

export function obstacleText(reason: Obstacle): string {
  return reason === 'no-answer' ? texts.library.noAnswer : texts.refused[reason]
}
