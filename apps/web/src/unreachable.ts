/** The end of every closed switch: it compiles only where nothing is left. */
export function unreachable(left: never): never {
  throw new Error(`Nothing should be left here, but this is: ${JSON.stringify(left)}`)
}
