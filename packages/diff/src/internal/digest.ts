import { sha256 } from '@finetune-kit/codec'
import { valueKey } from './valueKey.ts'

/** The SHA-256 of a JSON value, in hex: the same for equal values, whatever the order of their keys. */
export const digest = (value: unknown): string => sha256(valueKey(value))
