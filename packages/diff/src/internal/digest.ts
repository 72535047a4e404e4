import { sha256 } from '@finetune-kit/codec/compile'
import { structuralKey } from './structuralKey.ts'

/** The SHA-256 of a value's structural key, in hexadecimal: key order does not change it. */
export const digest = (value: unknown): string => sha256(structuralKey(value))

/** The same for a value that is stored; undefined if an object of a class in it has no text. */
export const storableDigest = (value: unknown): string | undefined => {
  let isStorable = true
  const text = structuralKey(value, () => {
    isStorable = false
    return 0
  })
  return isStorable ? sha256(text) : undefined
}
