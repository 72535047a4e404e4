import { escapeUnprintable } from '@finetune-kit/codec'

/** A text with what would be invisible escaped, but for the ends of its lines. */
export const escapeLines = (text: string, length: number): string =>
  text
    .slice(0, length + 1)
    .split(/\r?\n/)
    .map(line => escapeUnprintable(line, length))
    .join('\n')
