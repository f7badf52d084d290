/**
 * The steps of a history that fails, without most of those it does not need in order to fail: leaves out half of them, then
 * quarters, and so on, as long as what is left still fails. (Zeller and Hildebrandt, Simplifying and Isolating
 * Failure-Inducing Input, 2002; without its complements.) Tries that often at most.
 */
export async function shrunk<T>(
  steps: readonly T[],
  fails: (steps: readonly T[]) => Promise<boolean>,
  tries: number,
): Promise<readonly T[]> {
  let [least, left] = [steps, tries]
  let size = Math.ceil(steps.length / 2)
  while (size >= 1 && left > 0) {
    const before = least.length
    for (let from = least.length - size; from > -size && left > 0; from -= size) {
      const start = Math.max(0, from)
      const fewer = [...least.slice(0, start), ...least.slice(from + size)]
      left--
      if (fewer.length < least.length && (await fails(fewer))) least = fewer
    }
    size = size > 1 ? Math.ceil(size / 2) : least.length < before ? 1 : 0
  }
  return least
}
