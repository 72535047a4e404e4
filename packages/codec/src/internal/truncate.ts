/** The text with at most `length` characters; the last one of a truncated text is `…`. */
export const truncate = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`
