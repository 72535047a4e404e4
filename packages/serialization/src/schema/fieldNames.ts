/** The field of every record for what its schema cannot hold: a JSON object as text, or null. */
export const extraName = '_unknown'

/**
 * "A name must start with [A-Za-z_] and subsequently contain only [A-Za-z0-9_]" (Avro 1.11, Names).
 * Other characters become their code point, `_x2d_` for `-`; two keys never share a name.
 */
export const nameOf = (key: string): string =>
  key
    .replace(/^_(?=unknown$|_proto__$)|_(?=x)/g, '_x5f_')
    .replaceAll(/^[0-9]|[^A-Za-z0-9_]/g, c => `_x${c.charCodeAt(0).toString(16)}_`) || '_x_'
