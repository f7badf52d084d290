/**
 * Mistakes that somebody could make, each a change of one place in the sources. A test must notice every one of them.
 *
 * `search` must stand exactly once in the file: the run says so clearly where the sources have moved on.
 * @typedef {{ readonly name: string, readonly file: string, readonly search: string, readonly replace: string }} Mutant
 * @type {readonly Mutant[]}
 */
export const mutants = [
  {
    name: 'characters of one run in falling order',
    file: 'key.ts',
    search: 'if (offset !== otherOffset) return offset - otherOffset',
    replace: 'if (offset !== otherOffset) return otherOffset - offset',
  },
  {
    name: 'what hangs on the right stands before what hangs on the left',
    file: 'key.ts',
    search: 'if (place !== otherPlace) return place - otherPlace',
    replace: 'if (place !== otherPlace) return otherPlace - place',
  },
  {
    name: 'siblings by falling digit',
    file: 'key.ts',
    search: 'return digit - runs.digit[b]',
    replace: 'return runs.digit[b] - digit',
  },
  {
    name: 'siblings by the order in which this copy met their replicas',
    file: 'key.ts',
    search: 'return runs.replicas[replica] - runs.replicas[runs.replica[b]]',
    replace: 'return replica - runs.replica[b]',
  },
  {
    name: 'siblings of one replica by falling first seq',
    file: 'key.ts',
    search: 'return first - runs.first[b]',
    replace: 'return runs.first[b] - first',
  },
  {
    name: 'a run on the right of a character cuts in front of it',
    file: 'key.ts',
    search: 'below >= 0 && runs.side[below] === RIGHT ? 1 : 0',
    replace: 'below >= 0 && runs.side[below] === RIGHT ? 0 : 0',
  },
  {
    name: 'a run goes on although something hangs between its end and R',
    file: 'state.ts',
    search: 'if (right >= 0 && ancestorAt(this.runs, right, this.runs.depth[left]) === left) return false',
    replace: '',
  },
  {
    name: 'the same digit is taken without looking whether R is below it',
    file: 'allocate.ts',
    search:
      'if (areSiblings(runs, left, rightUp) && compareDigits(runs, runs.digit[left], me, first, rightUp) >= 0) return false',
    replace: '',
  },
  {
    name: 'a larger digit without looking at the next sibling’s',
    file: 'allocate.ts',
    search: 'const to = areSiblings(runs, left, rightUp) ? runs.digit[rightUp] : arena(depth) + 1',
    replace: 'const to = arena(depth) + 1',
  },
  {
    name: 'a smaller digit without looking at the sibling’s before',
    file: 'allocate.ts',
    search: 'const from = areSiblings(runs, right, leftUp) ? runs.digit[leftUp] : -arena(depth) - 1',
    replace: 'const from = -arena(depth) - 1',
  },
  {
    name: 'the same digit after anybody’s run, not only after my own',
    file: 'allocate.ts',
    search: 'if (after && runs.replica[left] === me && sameDigit(',
    replace: 'if (after && sameDigit(',
  },
  {
    name: 'lines typed upwards go one level deeper each time',
    file: 'allocate.ts',
    search: 'if (hangsOnMine && smallerDigit(runs, right, leftUp, place)) return',
    replace: '',
  },
  {
    name: 'text inside a run hangs on the character after the right one',
    file: 'allocate.ts',
    search: 'child(place, left, leftOffset, RIGHT)',
    replace: 'child(place, left, leftOffset + 1, RIGHT)',
  },
  {
    name: 'sizes above the leaf that was typed in last are never brought up to date',
    file: 'tree.ts',
    search: 'if (this.staleLeaf !== node) {',
    replace: 'if (this.staleLeaf === NONE) {',
  },
  {
    name: 'a joined node does not weigh what it took in',
    file: 'tree.ts',
    search: 'this.sizes[(parent << SHIFT) + slot] += this.sizes[(parent << SHIFT) + slot + 1]',
    replace: '',
  },
  {
    name: 'a leaf taken out is still the one before its neighbour',
    file: 'tree.ts',
    search: 'if (after !== NONE) this.previous[after] = before',
    replace: '',
  },
  {
    name: 'a search nearby goes one piece too little',
    file: 'tree.ts',
    search: 'while (index >= start + this.sizes[base + slot]) {',
    replace: 'while (index > start + this.sizes[base + slot]) {',
  },
  {
    name: 'a new piece after a split leaf’s end stands in the wrong leaf',
    file: 'tree.ts',
    search: 'if (this.slotAt > keep) {',
    replace: 'if (this.slotAt > keep + 1) {',
  },
  {
    name: 'ranges that touch are not made one',
    file: 'intervals.ts',
    search: 'if (last < 0 || from > ends[last]) {',
    replace: 'if (last < 0 || from >= ends[last]) {',
  },
  {
    name: 'a range that swallows others forgets the end of the last',
    file: 'intervals.ts',
    search: 'if ((past & 1) === 1) to = ends[past++]',
    replace: 'if ((past & 1) === 1) past++',
  },
  {
    name: 'a boundary belongs to the range before it',
    file: 'intervals.ts',
    search: 'if (ends[middle] <= n) low = middle + 1',
    replace: 'if (ends[middle] < n) low = middle + 1',
  },
  {
    name: 'an id put first in its block is not found through the heads',
    file: 'id-map.ts',
    search: 'if (at === 0) this.heads[this.block] = key',
    replace: '',
  },
  {
    name: 'a renamed first id keeps its old head',
    file: 'id-map.ts',
    search: 'if (this.slot === 0) this.heads[this.block] = to',
    replace: '',
  },
  {
    name: 'an emptied block stays',
    file: 'id-map.ts',
    search: 'if (block.size === 0) {',
    replace: 'if (block.size < 0) {',
  },
  {
    name: 'deletions that the other lacks are not told if it knows the characters',
    file: 'version.ts',
    search: 'if (whole.low === part.dead.low && whole.high === part.dead.high) return []',
    replace: 'return []',
  },
  {
    name: 'deletions are told in the sections that agree',
    file: 'version.ts',
    search: '(sections[section] ?? 0) !== (part.sections[section] ?? 0)',
    replace: '(sections[section] ?? 0) === (part.sections[section] ?? 0)',
  },
  {
    name: 'sections twice as long',
    file: 'version.ts',
    search: 'const SMALLEST_SECTION = 10',
    replace: 'const SMALLEST_SECTION = 11',
  },
  {
    name: 'a version includes one that has more in the middle',
    file: 'version.ts',
    search: 'if (!known.hasAll(part.known[i], part.known[i + 1])) return false',
    replace: 'if (!known.has(part.known[i])) return false',
  },
  {
    name: 'numbers may be written longer than they need',
    file: 'codec/reader.ts',
    search: "if (byte === 0) this.fail('not-canonical', 'A number written longer than it needs')",
    replace: '',
  },
  {
    name: 'a surrogate pair may come in two halves',
    file: 'codec/reader.ts',
    search: 'this.refuseSplitPair(point, length > 0 ? (units[length - 1] as number) : 0)',
    replace: '',
  },
  {
    name: 'an update may speak of characters that it does not cover',
    file: 'codec/read-columns.ts',
    search: "if (i < count) reader.fail('out-of-range', 'A living character outside the coverage')",
    replace: '',
  },
  {
    name: 'siblings may be listed in any order',
    file: 'codec/read-columns.ts',
    search: "if (elder[run] > 0 && !rises(elder[run], run)) reader.fail('not-canonical', 'Siblings out of order')",
    replace: '',
  },
  {
    name: 'a run that somebody may go on with is not told if all of it is dead',
    file: 'codec/encode.ts',
    search: 'if (ranges.length > 0 && ranges[ranges.length - 1] > runs.first[run] && !state.isComplete(run)) list(run)',
    replace: '',
  },
  {
    name: 'anchors are not counted from the sibling before',
    file: 'codec/encode.ts',
    search: 'writer.varint(anchor[run] - (elderAnchor.get(parent[run]) ?? 0))',
    replace: 'writer.varint(anchor[run])',
  },
  {
    name: 'a path that is told forgets sources',
    file: 'codec/run.ts',
    search: '(source !== undefined ? HAS_SOURCE : 0),',
    replace: '0,',
  },
  {
    name: 'deleted characters are not counted in the hash',
    file: 'state.ts',
    search: 'this.countDead(runs.replica[run], seq + offset, seq + offset + size)',
    replace: '',
  },
  {
    name: 'a run without text is forgotten although its writer may go on with it',
    file: 'state.ts',
    search: 'runs.children[run] === 0 && this.isComplete(run)',
    replace: 'runs.children[run] === 0',
  },
  {
    name: 'a run without text is forgotten although others hang on it',
    file: 'state.ts',
    search: 'runs.pieces[run] === 0 && runs.children[run] === 0 &&',
    replace: 'runs.pieces[run] === 0 &&',
  },
  {
    name: 'a piece grows although its text lies elsewhere',
    file: 'state.ts',
    search: 'tree.seq[left] + offset === seq && tree.text[left] + offset === text',
    replace: 'tree.seq[left] + offset === seq',
  },
  {
    name: 'a piece that loses its beginning keeps its text',
    file: 'state.ts',
    search: 'tree.text[piece] += size',
    replace: '',
  },
  {
    name: 'text moved together is looked for where it was',
    file: 'state.ts',
    search: 'tree.text[piece] = at',
    replace: '',
  },
  {
    name: 'a loader puts what hangs on the right in front of its character',
    file: 'load.ts',
    search: 'emit(run, first[run] + anchor[next] + (side[next] === RIGHT ? 1 : 0))',
    replace: 'emit(run, first[run] + anchor[next])',
  },
  {
    name: 'a loader counts living characters as dead',
    file: 'load.ts',
    search: 'state.countLiving(columns.replica[columns.spanRun[i]], columns.spanFrom[i], columns.spanTo[i])',
    replace: '',
  },
  {
    name: 'a deletion that comes first is forgotten',
    file: 'merge.ts',
    search:
      'known.gaps(from, to, (start, end) => state.countDead(replica, start, end))\n  state.know(replica, from, to)',
    replace: '',
  },
  {
    name: 'of text that is known in part, the beginning is taken for the rest',
    file: 'merge.ts',
    search: 'const at = text + start - from',
    replace: 'const at = text',
  },
  {
    name: 'a range taken out of the hash is put in',
    file: 'hash.ts',
    search: 'addRange(lanes, seed, to, from)',
    replace: 'addRange(lanes, seed, from, to)',
  },
  {
    name: 'the hash does not tell replicas apart whose ids agree in their lower half',
    file: 'hash.ts',
    search: '^ Math.floor(replica / 2 ** 32)',
    replace: '',
  },
]
