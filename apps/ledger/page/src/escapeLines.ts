import { escapeUnprintable } from '@finetune-kit/codec'

/** The most characters of a text that are shown. */
const maxLength = 2000

/** A text with what would be invisible escaped, but for the ends of its lines. */
export const escapeLines = (text: string): string =>
  text
    .slice(0, maxLength + 1)
    .split(/\r?\n/)
    .map(line => escapeUnprintable(line, maxLength))
    .join('\n')
