/**
 * What several servers need to know of a document: its state hash and the number of its last update, its registers (the
 * title is one), who vouches for a replica, which blobs were found damaged; and what a server knows of itself.
 *
 * A document that no turn has written since has the state hash '': not known yet.
 */
export const replication: string = `
  ALTER TABLE documents ADD COLUMN state_hash TEXT NOT NULL DEFAULT '';
  ALTER TABLE documents ADD COLUMN n INTEGER NOT NULL DEFAULT 0;
  UPDATE documents SET n = coalesce((SELECT max(n) FROM updates WHERE updates.document = documents.document), 0);

  CREATE TABLE registers (
    document TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    stamp TEXT NOT NULL,
    PRIMARY KEY (document, name)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO registers
    SELECT document, 'title', title, printf('%013d-0000-', titled) FROM documents WHERE titled > 0;
  ALTER TABLE documents DROP COLUMN title;
  ALTER TABLE documents DROP COLUMN titled;

  ALTER TABLE replicas ADD COLUMN vouched_by TEXT;

  ALTER TABLE snapshots ADD COLUMN heals INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE checks ADD COLUMN filler BLOB;

  CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('snapshot', 'update')),
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`
