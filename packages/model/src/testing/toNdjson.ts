/** Writes the records, one a line. */
export const toNdjson = (records: ReadonlyArray<unknown>): string =>
  records.map(record => `${JSON.stringify(record)}\n`).join('')
