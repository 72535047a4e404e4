import { escapeUnprintable } from '@finetune-kit/codec'

/**
 * Text as a terminal may get it: in our colours, and with no other command to it. Formats for
 * programs keep what a record holds, and CSV keeps even an escape character as it is.
 */
export const forTerminal = (text: string): string =>
  text.replace(
    /(\r?\n|\r$|\t)|\p{Cc}\[[\d;]*m|[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    (found, space?: string) =>
      space !== undefined || found.startsWith('\u001b[') ? found : escapeUnprintable(found),
  )
