import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** For browsers, which have SHA-256 only for those who wait. */
export const digest = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))
