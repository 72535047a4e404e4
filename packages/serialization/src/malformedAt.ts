import { type DecodeError, malformed } from '@finetune-kit/codec'

/** The error of a binary format at a byte of its input, which counts as line 1. */
export const malformedAt =
  (format: string) =>
  (offset: number, reason: string): DecodeError =>
    malformed(format, `${reason} (byte ${offset})`, { offset, line: 1, column: offset + 1 })
