import { escapeUnprintable } from '@finetune-kit/codec'

/** A header as a message shows it. */
export const quoteHeader = (value = ''): string => `"${escapeUnprintable(value, 80)}"`
