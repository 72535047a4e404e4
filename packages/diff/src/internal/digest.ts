import { sha256 } from '@finetune-kit/codec/compile'
import { structuralKey } from './structuralKey.ts'

/** The SHA-256 of a JSON value, in hex: the same for equal values, whatever the order of their keys. */
export const digest = (value: unknown): string => sha256(structuralKey(value))
