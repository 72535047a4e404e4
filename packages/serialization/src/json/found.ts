/** The text at an index, in a few words. */
export const found = (text: string, at: number): string => {
  const c = text.codePointAt(at)
  if (c === undefined) return 'the end of the text'
  const visible = c > 0x20 && (c < 0x7f || c > 0xa0) && !/\p{C}|\p{Z}/u.test(String.fromCodePoint(c))
  return visible
    ? JSON.stringify(String.fromCodePoint(c))
    : `U+${c.toString(16).toUpperCase().padStart(4, '0')}`
}

/** Words that other languages write where JSON has another, or none (RFC 8259, 3 and 6). */
const others = new Map([
  ['NaN', 'null'],
  ['Infinity', 'null'],
  ['-Infinity', 'null'],
  ['undefined', 'null'],
  ['None', 'null'],
  ['True', 'true'],
  ['False', 'false'],
])

const word = /-?[A-Za-z]+\b/y

/** The text at an index where a value is expected, and the remedy where it is a usual mistake. */
export const foundValue = (text: string, at: number): string => {
  word.lastIndex = at
  const other = word.exec(text)?.[0] ?? ''
  const remedy = others.get(other)
  return remedy === undefined ? foundToken(text, at) : `${other}. Write ${remedy}`
}

/** The text at an index, and the remedy where it is a comment, or a bracket after a comma. */
export const foundToken = (text: string, at: number): string => {
  const isComment = text[at] === '#' || text.startsWith('//', at) || text.startsWith('/*', at)
  if (isComment) return 'a comment. Remove it'
  const isEnd = text[at] === ']' || text[at] === '}'
  return found(text, at) + (isEnd && text.slice(0, at).trimEnd().endsWith(',') ? removeComma : '')
}

export const removeComma = '. Remove the comma before it'
