/** The number of bytes of a text in UTF-8; a lone surrogate takes three, as its replacement. */
export const utf8Length = (text: string): number => {
  let bytes = 0
  for (const c of text) bytes += c < '\u0080' ? 1 : c < '\u0800' ? 2 : c.length === 1 ? 3 : 4
  return bytes
}
