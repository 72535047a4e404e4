import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { valueKey } from './valueKey.ts'

/** The SHA-256 of a JSON value, in hex: the same for equal values, whatever the order of their keys. */
export const digest = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(valueKey(value))))
