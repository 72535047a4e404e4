import { digest } from '#digest'

/**
 * The SHA-256 (FIPS 180-4) of a text in UTF-8, as 64 hexadecimal digits. A lone surrogate counts as
 * U+FFFD.
 *
 * @example
 * sha256('abc') // => 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
 */
export const sha256 = (text: string): string => digest(text)
