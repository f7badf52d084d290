/**
 * Mistakes that servers and clients could make together, each a change of one place in the sources. The simulation must notice
 * every one of them. `search` must stand exactly once in the file: the run says so clearly where the sources have moved on.
 * @typedef {{ readonly name: string, readonly file: string, readonly search: string, readonly replace: string }} Mutant
 * @type {readonly Mutant[]}
 */
export const mutants = [
  {
    name: 'acknowledge before the commit',
    file: 'apps/server/src/rooms/journal.ts',
    search: 'await this.storage.commit(writes)',
    replace: 'this.reader.stored(turn)\n      await this.storage.commit(writes)',
  },
  {
    name: 'drop the outbox on reconnect',
    file: 'packages/client/src/outbox.ts',
    search: 'return { ...emptyOutbox, loose: atRisk(outbox), registers: outbox.registers.map(untold) }',
    replace: 'return emptyOutbox',
  },
  {
    name: 'relay what came from a peer',
    file: 'apps/server/src/rooms/room.ts',
    search: 'const updates = fresh.filter(({ from }) => from !== null).map(({ update }) => update)',
    replace: 'const updates = fresh.map(({ update }) => update)',
  },
  {
    name: 'skip catch-up after a heal',
    file: 'apps/server/src/replication/dialing-end.ts',
    search: '      catchUp.compare()\n',
    replace: '',
  },
  {
    name: 'insert what is in the deletion set',
    file: 'packages/crdt/src/doc.ts',
    search: `    state.known[replica].gaps(from, to, (start, end) => {
      state.insertByKey(run, start, end - start, state.store(text.slice(start - from, end - from)))
      changes.insert(replica, start, end)
    })`,
    replace: `    for (let start = from; start < to; start++) {
      let lives = false
      state.living(replica, start, start + 1, () => {
        lives = true
      })
      if (lives) continue
      state.insertByKey(run, start, 1, state.store(text.slice(start - from, start - from + 1)))
      changes.insert(replica, start, start + 1)
    }`,
  },
  {
    name: 'call what failed to be stored stored',
    file: 'apps/server/src/rooms/journal.ts',
    search: 'this.reader.notStored(detail)',
    replace: 'this.reader.stored(this.begun)',
  },
  {
    name: 'count a turn that was never sent as confirmed',
    file: 'apps/server/src/replication/outstanding.ts',
    search: 'const gap = said.findIndex(({ bytes }) => bytes === 0)',
    replace: 'const gap = -1',
  },
  {
    name: 'count what came by way of another server as confirmed',
    file: 'apps/server/src/rooms/room.ts',
    search: 'if (turn.restates) this.surroundings.others.verify(this.document, this.lastTurn)',
    replace: '',
  },
  {
    name: 'confirm to a peer before the commit',
    file: 'apps/server/src/rooms/room.ts',
    search: 'if (isWhole) this.turn.deliveries.push(delivery)',
    replace: 'if (isWhole) delivery.done(null)',
  },
]
