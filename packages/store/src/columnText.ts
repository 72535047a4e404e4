import { fromColumnJson } from './columnJson.ts'

/**
 * A text as a column holds it. PostgreSQL refuses NUL and lone surrogates, and SQLite's functions
 * stop at a NUL: a text with either, or one that looks encoded already, is stored as a JSON
 * literal.
 *
 * Law: `fromColumnText(toColumnText(text)) = text`
 */
export const toColumnText = (text: string): string =>
  text.isWellFormed() && !text.includes('\0') && !text.startsWith('"') ? text : JSON.stringify(text)

/** The text that {@link toColumnText} encoded. */
export const fromColumnText = (column: string): string =>
  typeof column === 'string' && !column.startsWith('"') ? column : (fromColumnJson(column) as string)
