import { type DecodeError, decode, invalid, type Issue } from '@finetune-kit/codec'
import type { FileMetaData, RowGroup } from 'hyparquet'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaultLimits, type ReaderOptions, type Reject } from '../../Format.ts'
import { jsonDecoder } from '../../json/jsonDecoder.ts'
import { malformedAt } from '../../malformedAt.ts'
import { nameOf } from '../../schema/fieldNames.ts'
import type { Group } from '../../schema/RecordSchema.ts'
import { toReadResult } from '../../toReadResult.ts'
import type { ReadContext } from './convertValue.ts'
import { attempt, type Failure, failureOf, RowGroupTooLarge } from './attempt.ts'
import { exceededLimit, noteLimit, recordCount, type RecordCount } from '../../schema/RecordCount.ts'
import { type Footer, checkMagic, readFooter } from './readFooter.ts'
import type { ReadRequests } from './readRequests.ts'
import { type GroupOptions, readRowGroup } from './readRowGroup.ts'

export interface ReadRowsOptions extends ReaderOptions {
  /** Keys of the only fields to read. Default: all. */
  readonly columns?: ReadonlyArray<string>
}

/** Rows of a row group that is read. */
export const maxRows = 4_000_000

/**
 * Values of a row group that is read, in all its columns: some 250 MB where each takes no more than
 * a byte of the file.
 */
const maxValues = 32 * 1024 * 1024

/**
 * Bytes of a row group's pages that are read at least, whatever the limit of a record: they are
 * decompressed one at a time, and other writers make row groups of 128 MB.
 */
const minGroupBytes = 512 * 1024 * 1024

/** Rows of a file of so many bytes: rows of nothing but repeated values take hardly any. */
const maxTotalRows = (byteLength: number): number => 1_000_000 + 100 * byteLength

/** State of reading a file. */
interface OpenFile<A> {
  readonly byteLength: number
  readonly footer: Footer
  readonly options: GroupOptions
  readonly toResult: ReturnType<typeof toReadResult<A>>
  /** Checks a row. The offset is that of its row group. */
  readonly check: (value: unknown, offset: number) => E.Either<DecodeError, A>
  /** Warnings to be given before the next row, once for each column. */
  readonly warnings: Array<Failure>
  rows: number
}

/** Reads the rows of a file, a row group at a time. */
export const readRows = <A, O>(codec: t.Type<A, O>, structure: Group) => {
  const check = decode(codec)
  return function* (byteLength: number, options: ReadRowsOptions = {}): ReadRequests<A> {
    const limits = { ...defaultLimits, ...options }
    const magic = yield* attempt(checkMagic(byteLength))
    if (E.isLeft(magic)) {
      yield unreadableFrom(0, magic.left)
      return
    }
    const footer = yield* attempt(readFooter(byteLength, 8 * limits.maxRecordBytes))
    if (E.isLeft(footer)) {
      yield unreadableFrom(byteLength - 8, footer.left)
      return
    }
    const issues: Array<Issue> = []
    const warnings: Array<Failure> = []
    const count = recordCount(limits)
    yield* groupsOf<A>({
      byteLength,
      footer: footer.right,
      options: groupOptions(structure, {
        byteLength,
        limits,
        columns: options.columns,
        issues,
        warnings,
        count,
      }),
      toResult: toReadResult<A>('Parquet', limits.maxRecords),
      check: (value, offset) => {
        const exceeded = exceededLimit(value, count)
        if (exceeded !== undefined) {
          issues.length = 0
          return E.left(at(offset, exceeded))
        }
        return issues.length === 0 ? check(value) : E.left(invalid(issues.splice(0)))
      },
      warnings,
      rows: 0,
    })
  }
}

function* groupsOf<A>(file: OpenFile<A>): ReadRequests<A> {
  const { footer, byteLength } = file
  let offset = byteLength - 8
  let known: ReadonlyArray<RowGroup> = []
  for (let i = 0, first = 0; i < footer.groupCount; i++) {
    if (i - first === known.length) {
      const next = yield* attempt(footer.groups(i))
      if (E.isLeft(next)) {
        yield restFrom(file, offset, next.left)
        return
      }
      known = next.right
      first = i
    }
    const group = known[i - first] as RowGroup
    const start = Number(group.columns[0]?.meta_data?.data_page_offset ?? 0)
    // an offset that is damaged locates nothing: the footer states it
    offset = start >= 0 && start < byteLength ? start : byteLength - 8
    const isRead = yield* rowsOf(file, group, offset)
    if (!isRead) return
  }
}

/** Reads a row group. Returns false where the rest of the file is unreadable. */
function* rowsOf<A>(file: OpenFile<A>, group: RowGroup, offset: number): ReadRequests<A, boolean> {
  const rows = Number(group.num_rows)
  if (!(rows >= 0)) {
    yield restFrom(file, offset, { reason: 'a row group without a valid number of rows' })
    return false
  }
  if (rows > maxRows) {
    const reason = `a row group of ${rows} rows, of which at most ${maxRows} are read`
    yield restFrom(file, offset, failureOf(new RowGroupTooLarge(reason)))
    return false
  }
  if (file.rows + rows > maxTotalRows(file.byteLength)) {
    yield restFrom(file, offset, { reason: 'more rows than its bytes allow' })
    return false
  }
  const next = yield* attempt(readRowGroup(file.footer.metadata, group, file.options))
  if (E.isLeft(next)) {
    yield restFrom(file, offset, next.left)
    return false
  }
  for (const warning of file.warnings.splice(0)) yield skippedColumn(offset, warning)
  for (let i = 0; i < rows; i++) {
    const row = E.tryCatch(next.right, failureOf)
    if (E.isLeft(row)) {
      yield restFrom(file, offset, row.left)
      return false
    }
    yield file.toResult(
      { offset, record: file.rows + 1 },
      () => noBytes,
      () => file.check(row.right, offset),
    )
    file.rows++
  }
  return true
}

const groupOptions = (
  structure: Group,
  {
    byteLength,
    limits,
    columns,
    issues,
    warnings,
    count,
  }: {
    readonly byteLength: number
    readonly limits: Required<ReaderOptions>
    readonly columns: ReadonlyArray<string> | undefined
    readonly issues: Array<Issue>
    readonly warnings: Array<Failure>
    readonly count: RecordCount
  },
): GroupOptions => {
  const json = jsonDecoder(t.unknown, 'JSON')
  const reading: ReadContext = {
    json: text => {
      count.values += text.length / 2
      const found = json(text, limits)
      if (E.isRight(found)) return found.right
      noteLimit(found.left, count)
      return text
    },
    count,
    refuse: (path, expected, actual) => issues.push({ path, expected, actual }),
    isStrict: limits.strict,
    path: [],
    leafKeys: new Map(),
  }
  const skipped = new Set<string>()
  return {
    structure,
    reading,
    byteLength,
    columns: columns?.map(nameOf),
    maxPageBytes: limits.maxRecordBytes,
    budget: { values: maxValues, bytes: Math.max(8 * limits.maxRecordBytes, minGroupBytes) },
    warn: (column, failure) => {
      if (skipped.has(column)) return
      skipped.add(column)
      const reason = `the column ${JSON.stringify(column)} is skipped: ${failure.reason}`
      warnings.push({ ...failure, reason })
    },
  }
}

const noBytes: Uint8Array = new Uint8Array(0)

const at = malformedAt('Parquet')

/** The reject of a column that is skipped. */
const skippedColumn = (offset: number, failure: Failure): Reject => ({
  _tag: 'Reject',
  offset,
  raw: noBytes,
  error: at(failure.offset ?? offset, failure.reason, failure.remedy),
  records: 0,
})

/** The reject of all the rest of a file. */
const unreadableFrom = (offset: number, failure: Failure) => ({
  _tag: 'Reject' as const,
  offset,
  raw: noBytes,
  error: at(failure.offset ?? offset, failure.reason, failure.remedy ?? remedy),
  isFinal: true as const,
})

/** Holds for damaged files, and for those of other writers that use what this reader lacks. */
const remedy = 'Fetch the file again, or write it again'

/** Rejects all rows that were not read: after one that is unreadable no other can be trusted. */
const restFrom = (
  { footer, rows }: Pick<OpenFile<unknown>, 'footer' | 'rows'>,
  offset: number,
  failure: Failure,
): Reject => {
  const record = rows + 1
  const rest = unreadableFrom(offset, failure)
  const records = Math.max(1, totalRows(footer.metadata) - rows)
  return { ...rest, records, record, error: { ...rest.error, record } }
}

const totalRows = ({ num_rows }: FileMetaData): number => Number(num_rows)
