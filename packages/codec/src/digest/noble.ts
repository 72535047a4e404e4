import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** SHA-256 for browsers, whose own is only asynchronous. */
export const digest = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))
