/** Closes a switch: the compiler refuses a call that can be reached, so a new case cannot be forgotten. */
export function unreachable(x: never): never {
  throw new Error(`A case nobody wrote: ${JSON.stringify(x)}`)
}
