import { textOf } from '../bytes/utf8.ts'
import type { Column } from './columns.ts'
import type { Row } from './rows.ts'

/** The reason why a header is that of a table which is no CSV, with a remedy. */
export const foreignTable = ({ bytes }: Row, columns: ReadonlyArray<Column>): string | undefined => {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    return 'the table is encoded as UTF-16. Save it as UTF-8'
  if (bytes.length > longest) return undefined
  const text = textOf(bytes)?.replace(/^\ufeff/, '') ?? ''
  if (/^"?sep=.?"?$/i.test(text))
    return `the line ${JSON.stringify(text)} is an instruction to Excel, not a header. Remove it, and separate the columns by commas`
  if (columns.some(({ name }) => name === text)) return undefined
  const separator = separators.find(([character]) => {
    const names = text.split(character).map(name => name.replace(/^"(.*)"$/, '$1'))
    return (
      names.length > 1 &&
      (columns.some(column => names.includes(column.name)) ||
        (names.length > 2 && names.every(name => /^[\p{L}_*][\p{L}\d_.*]*$/u.test(name))))
    )
  })
  return separator && `the columns are separated by ${separator[1]}. Save the table with commas`
}

/** Bytes of a header that is looked at. */
const longest = 64 * 1024

const separators = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
] as const
