/**
 * True if the text of `JSON.stringify` has the escape of half a surrogate pair. RFC 8259 allows it,
 * and parsers such as that of DuckDB refuse it.
 */
export const hasLoneSurrogate = (json: string): boolean => json.includes(escape) && lone.test(json)

const escape = String.raw`\ud`

/** After an even number of backslashes: after an odd one, it is these characters themselves. */
const lone = /(?<!\\)(?:\\\\)*\\ud[89a-f]/
