import { escapeUnprintable } from '@finetune-kit/codec'

/**
 * Escapes a text for a terminal, a log and the log of a workflow run: control and bidirectional
 * characters, and workflow commands (`::error …` at the beginning, `##[error]` anywhere).
 */
export const escapeForLog = (text: string): string =>
  escapeUnprintable(text)
    .replace(/^(\s*):(?=:)/, '$1\\u003a')
    .replaceAll('##[', '#\\u0023[')
