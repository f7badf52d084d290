/** The first schema: documents, their updates and snapshots, and who is behind a replica. */
export const documents: string = `
  CREATE TABLE documents (
    document TEXT PRIMARY KEY,
    incarnation TEXT NOT NULL,
    created INTEGER NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    titled INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE updates (
    document TEXT NOT NULL,
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (document, n)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE snapshots (
    document TEXT PRIMARY KEY,
    upto INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE replicas (
    document TEXT NOT NULL,
    replica INTEGER NOT NULL,
    person TEXT NOT NULL,
    color TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (document, replica)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE checks (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL) STRICT;
  INSERT INTO checks VALUES (1, 0);
`
