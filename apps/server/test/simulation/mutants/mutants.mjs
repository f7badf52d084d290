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
  {
    name: 'a snapshot says that it holds an update more than it does',
    file: 'apps/server/src/rooms/scribe.ts',
    search: 'document: this.document, upto: this.n, bytes }',
    replace: 'document: this.document, upto: this.n + 1, bytes }',
  },
  {
    name: 'the first part of a catch-up answers for all that is at risk',
    file: 'packages/client/src/outbox.ts',
    search: 'const waiting = parcelsOf(all, risk)',
    replace: 'const waiting = all.map((update, i) => ({ update, ...(i === 0 ? risk : NO_RISK) }))',
  },
  {
    name: 'a peer is taken to have said everything when it has said the first part',
    file: 'apps/server/src/replication/catch-up.ts',
    search: 'if (answer.left > 0) return',
    replace: '',
  },
  {
    name: 'a slow reader who reads again is not told what they missed',
    file: 'apps/server/src/rooms/room.ts',
    search: 'if (member.behind !== null) this.catchUp(member, member.behind)',
    replace: 'member.behind = null',
  },
  {
    name: 'a slow reader is caught up from what the server has, and not from what they have',
    file: 'apps/server/src/rooms/room.ts',
    search: "member.sendLong({ type: 'updates', updates: [this.doc.updateSince(version)] })",
    replace: "member.sendLong({ type: 'updates', updates: [this.doc.updateSince(this.doc.version())] })",
  },
  {
    name: 'what comes back is its restorer’s',
    file: 'packages/crdt/src/undo.ts',
    search: 'insert: text, source: original, at: key }',
    replace: 'insert: text, at: key }',
  },
  {
    name: 'undo takes out what others wrote between',
    file: 'packages/crdt/src/undo.ts',
    search: 'for (const [from, to] of indexesOf(state, group.inserted)) removed.add(from, to)',
    replace: `const taken = indexesOf(state, group.inserted).flat()
    if (taken.length > 0) removed.add(Math.min(...taken), Math.max(...taken))`,
  },
  {
    name: 'what a tab that has gone left unsent is not counted',
    file: 'packages/client/src/open-document.ts',
    search: 'for (const event of eventsOf(legacy)) this.step(event)',
    replace: '',
  },
  {
    name: 'what was refused because of a role is called saved',
    file: 'packages/client/src/session.ts',
    search: 'return [{ ...session, outbox: returned(session.outbox, n) }, []]',
    replace: 'return [{ ...session, outbox: stored(session.outbox, n) }, []]',
  },
  {
    name: 'a writer who was a reader is not asked for what they typed',
    file: 'apps/server/src/rooms/room.ts',
    search: "if (member.role === 'writer') member.resync(0, this.doc.version())",
    replace: '',
  },
  {
    name: 'a copy that is damaged itself makes another one whole',
    file: 'apps/server/src/replication/catch-up.ts',
    search: 'if (isTaken && !answer.isDamaged) room.repair()',
    replace: 'if (isTaken) room.repair()',
  },
  {
    name: 'a document in which something is damaged is served as a whole one',
    file: 'apps/server/src/rooms/restored.ts',
    search: "const isWhole = stateHash === '' ? damage?.isWhole === true && details.length === 1 : stateHash === hash",
    replace: 'const isWhole = true',
  },
  {
    name: 'a sync brings what somebody lacks, and asks for nothing',
    file: 'apps/server/src/rooms/room.ts',
    search: "if (from.role === 'writer' && !this.isDamaged) from.resync(0, this.doc.version())",
    replace: '',
  },
  {
    name: 'a tab that was there first does not wait for one that came later',
    file: 'packages/client/src/open-document.ts',
    search: 'met: (replica) => this.inheritance.meet(replica)',
    replace: 'met: () => {}',
  },
  {
    name: 'a title that another tab may not have told its server is shown for ever',
    file: 'packages/client/src/open-document.ts',
    search: 'if (!this.isLive) this.said = withRegisters',
    replace: 'this.said = withRegisters',
  },
  {
    name: 'parts of an update cover ids that touch in two ranges',
    file: 'packages/crdt/src/parts.ts',
    search: 'if (flat.at(-1) === from) flat[flat.length - 1] = to\n    else flat.push(from, to)',
    replace: 'flat.push(from, to)',
  },
]
