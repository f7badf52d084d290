/** What a list of documents shows without opening any: when each was last written in, and its length; null where it is not known yet. */
export const lists: string = `
  ALTER TABLE documents ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE documents ADD COLUMN length INTEGER;
  UPDATE documents SET changed = coalesce(
    (SELECT at FROM updates WHERE updates.document = documents.document AND updates.n = documents.n), created);
`
