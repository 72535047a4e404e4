import * as E from '#fp-ts/Either'
import { textOf } from '../bytes/utf8.ts'
import { type Column, isRowNumbers } from './columns.ts'
import type { Row } from './rows.ts'

/**
 * The separator of a table by its first row: a comma, unless only another one makes names of it
 * that are known or may be some. `isInstruction` is true for a line such as `sep=;`, which Excel
 * takes for one and which is no header. Or the reason why nothing can be read, with a remedy.
 */
export const separatorOf = (
  { bytes }: Row,
  columns: ReadonlyArray<Column>,
): E.Either<string, { readonly separator: string; readonly isInstruction?: true }> => {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    return E.left('the table is encoded as UTF-16. Save it as UTF-8')
  const text = bytes.length > longest ? '' : (textOf(bytes)?.replace(/^\ufeff/, '') ?? '')
  const [, instructed] = /^"?sep=([,;\t|])"?$/i.exec(text) ?? []
  if (instructed !== undefined) return E.right({ separator: instructed, isInstruction: true })
  const known = new Set(columns.map(({ name }) => name))
  const isComma = known.has(text) || namesIn(text, ',').some(name => known.has(name))
  return E.right({ separator: (isComma ? undefined : otherSeparator(text, known)) ?? ',' })
}

/** Bytes of a header that is looked at. */
const longest = 64 * 1024

/**
 * The separator that makes words of a header, or names of which one is known: a semicolon for
 * `id;object;status`, none for `id,object;status`.
 */
export const otherSeparator = (header: string, known?: ReadonlySet<string>): string | undefined =>
  separators.find(separator => {
    const names = namesIn(header, separator)
    return names.length > 1 && (isHeader(names) || names.some(name => known?.has(name)))
  })

/** True for words, the first of which may be that of row numbers. */
const isHeader = ([first = '', ...names]: ReadonlyArray<string>): boolean =>
  (isWord(first) || isRowNumbers(first)) && names.every(isWord)

const isWord = (name: string): boolean => /^[\p{L}_*][\p{L}\d_.*]*$/u.test(name)

const namesIn = (header: string, separator: string): ReadonlyArray<string> =>
  header.split(separator).map(name => name.replace(/^"(.*)"$/, '$1'))

const separators = [';', '\t', '|'] as const
