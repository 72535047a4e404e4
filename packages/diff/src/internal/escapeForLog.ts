import { escapeUnprintable } from '@finetune-kit/codec'

/**
 * A text that a terminal, a log and the log of a workflow run show as it is: control and bidirectional characters as
 * escapes, and no workflow command (`::error …` at the beginning, `##[error]` anywhere).
 */
export const escapeForLog = (text: string): string =>
  escapeUnprintable(text)
    .replace(/^(\s*):(?=:)/, '$1\\u003a')
    .replaceAll('##[', '#\\u0023[')
