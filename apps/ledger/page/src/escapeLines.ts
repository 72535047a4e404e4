import { escapeUnprintable } from '@finetune-kit/codec'

/** A text with what would be invisible escaped, but for line ends; at most so many characters. */
export const escapeLines = (text: string, maxLength = 2000): string =>
  text
    .slice(0, maxLength + 1)
    .split(/\r?\n/)
    .map(line => escapeUnprintable(line, maxLength))
    .join('\n')
