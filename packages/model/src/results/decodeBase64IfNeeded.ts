// in Node and in browsers, and in no `lib` that a package without a DOM has
declare const atob: (base64: string) => string

/**
 * Decodes base64; returns any other text as it is. Result files are ASCII: a byte is a character.
 */
export const decodeBase64IfNeeded = (text: string): string => {
  const line = text.replaceAll(/\s+/g, '')
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(line) && line.length % 4 === 0
  if (!isBase64) return text
  const decoded = atob(line)
  // a header of one plain word is base64 as well, of something that is no text
  return /^[\t\n\r\x20-\x7e]+$/.test(decoded) && decoded.includes(',') ? decoded : text
}
