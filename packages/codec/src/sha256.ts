import { sha256 as ofBytes } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * The SHA-256 (FIPS 180-4) of a text in UTF-8, as 64 hexadecimal digits; half a surrogate pair counts as U+FFFD.
 *
 * @example
 * sha256('abc') // => 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
 */
export const sha256 = (text: string): string => (digest ??= fastest())(text)

let digest: ((text: string) => string) | undefined

interface Crypto {
  readonly hash?: (algorithm: 'sha256', text: string) => string
}
interface Process {
  readonly getBuiltinModule?: (name: string) => Crypto | undefined
}

/** As Node has it, several times as fast. It is not imported, for browsers; it is asked for late, for it takes a while to load. */
const fastest = () => {
  const { process } = globalThis as { readonly process?: Process }
  const hash = process?.getBuiltinModule?.('node:crypto')?.hash
  return (text: string): string =>
    hash === undefined ? bytesToHex(ofBytes(utf8ToBytes(text))) : hash('sha256', text)
}
