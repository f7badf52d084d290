/** The Node versions that can run Manyhands. Imported first, and in words that old versions understand. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const enough = major >= 23 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)

if (!enough) {
  console.error(`Manyhands needs Node 20.19, 22.12 or newer; this is Node ${process.versions.node}.`)
  process.exit(1)
}
