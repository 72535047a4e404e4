import { type DecodeError, malformed } from '@finetune-kit/codec'

export const name = 'MessagePack'

/** An error at a byte of the input. */
export const at =
  (offset: number) =>
  (reason: string): DecodeError =>
    malformed(name, `${reason} (byte ${offset})`, { offset, line: 1, column: offset + 1 })
