import { escapeUnprintable } from '@finetune-kit/codec'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Escapes text for the content of an element or a quoted attribute; control and bidirectional
 * characters become visible.
 */
export const escapeHtml = (text: string): string =>
  escapeUnprintable(text).replace(/[&<>"']/g, c => entities[c] as string)
