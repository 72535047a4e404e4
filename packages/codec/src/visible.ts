/**
 * The text with its control and bidirectional characters, which would rewrite the line they stand in, as escapes.
 *
 * @example
 * visible('\u001b[31mred') // => '\\u001b[31mred'
 */
export const visible = (text: string): string =>
  text.replace(
    // oxlint-disable-next-line no-control-regex -- these are the characters to be shown
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
