/**
 * Replica ids as a library would draw them, by chance, but the same in each run: the `replica`-th of a fixed sequence. Bytes per
 * update would be flattered by ids such as 1 and 2.
 */
export function randomBits(replica, bits) {
  let x = BigInt(replica) * 0x9e3779b97f4a7c15n
  x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn
  x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & 0xffffffffffffffffn
  return ((x ^ (x >> 31n)) >> BigInt(64 - bits)) | (1n << BigInt(bits - 1))
}
