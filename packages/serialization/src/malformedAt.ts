import { type Malformed, malformed } from '@finetune-kit/codec'

/** The error of binary data at a byte, which counts as line 1. The remedy is a sentence. */
export const malformedAt =
  (format: string) =>
  (offset: number, reason: string, remedy?: string): Malformed => ({
    ...malformed(format, locatedReason(offset, reason, remedy), { offset, line: 1, column: offset + 1 }),
    isBinary: true,
  })

/** A reason with its byte and the remedy. */
export const locatedReason = (offset: number, reason: string, remedy?: string): string =>
  `${reason} (byte ${offset})${remedy === undefined ? '' : `. ${remedy}`}`
