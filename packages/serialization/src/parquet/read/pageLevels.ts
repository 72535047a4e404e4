import type { PageHeader } from 'hyparquet'
import type { Bytes } from './checkRuns.ts'
import { readRuns, type RunValues } from './readRuns.ts'

/** Levels of a page's entries, of a column with these maximum levels. */
export interface PageLevels {
  /** Undefined if all are 0. */
  readonly repetition: RunValues | undefined
  /** Undefined if every entry has a value. */
  readonly definition: RunValues | undefined
  /** Number of rows. */
  readonly rows: number
  /** Number of values. */
  readonly values: number
}

/** The maximum repetition and definition level of a column. */
export type MaxLevels = readonly [repetition: number, definition: number]

/** Reads the levels at the beginning of a page of the first version, and passes them. */
export const levelsInPage = (page: Bytes, count: number, [repetition, definition]: MaxLevels): PageLevels => {
  const read = (max: number): RunValues | undefined => {
    if (max === 0) return undefined
    const runs = prefixed(page)
    page.offset += 4 + page.view.getUint32(page.offset, true)
    return readRuns(runs, widthOf(max), count)
  }
  return pageLevels(read(repetition), read(definition), count, definition)
}

/** Reads the levels before the values of a page of the second version, and passes them. */
export const levelsBeforePage = (
  page: Bytes,
  header: NonNullable<PageHeader['data_page_header_v2']>,
  [repetition, definition]: MaxLevels,
): PageLevels => {
  const { num_values: count, definition_levels_byte_length: length } = header
  // repetition levels that can only be 0 are skipped, as hyparquet does
  const repetitions = levelsOf(page, header.repetition_levels_byte_length, count, repetition)
  if (definition === 0 && length > 0) throw new Error('definition levels of a required column')
  return pageLevels(repetitions, levelsOf(page, length, count, definition), count, definition)
}

/** Counts the rows of a page of the second version, by the maximum repetition level. */
export const rowsOfPage = (
  page: Bytes,
  header: NonNullable<PageHeader['data_page_header_v2']>,
  repetition: number,
): number => {
  const { num_values: count, repetition_levels_byte_length: length } = header
  return repetition === 0 ? count : (countOf(levelsOf(page, length, count, repetition), 0) ?? count)
}

/** Reads levels of this many bytes, and passes them. */
const levelsOf = (page: Bytes, length: number, count: number, max: number): RunValues | undefined => {
  if (!(length >= 0 && length <= page.view.byteLength - page.offset))
    throw new Error('levels longer than their page')
  const runs = {
    view: new DataView(page.view.buffer, page.view.byteOffset + page.offset, length),
    offset: 0,
  }
  page.offset += length
  return max === 0 ? undefined : readRuns(runs, widthOf(max), count)
}

const pageLevels = (
  repetition: RunValues | undefined,
  definition: RunValues | undefined,
  count: number,
  max: number,
): PageLevels => {
  const values = countOf(definition, max) ?? count
  return {
    repetition,
    definition: values === count ? undefined : definition,
    rows: countOf(repetition, 0) ?? count,
    values,
  }
}

const countOf = (levels: RunValues | undefined, wanted: number): number | undefined => {
  if (levels === undefined) return undefined
  let found = 0
  for (let i = 0; i < levels.length; i++) if (levels[i] === wanted) found++
  return found
}

const widthOf = (max: number): number => 32 - Math.clz32(max)

/** Returns the bytes after a length of four bytes. */
export const prefixed = ({ view, offset }: Bytes): Bytes => {
  const length = view.getUint32(offset, true)
  if (length > view.byteLength - offset - 4) throw new Error('levels longer than their page')
  return {
    view: new DataView(view.buffer, view.byteOffset + offset + 4, view.byteLength - offset - 4),
    offset: 0,
  }
}
