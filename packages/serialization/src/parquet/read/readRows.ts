import { type DecodeError, decode, invalid, type Issue, malformed } from '@finetune-kit/codec'
import type { RowGroup } from 'hyparquet'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaultLimits, type ReaderOptions, type Reject } from '../../Format.ts'
import { toReadResult } from '../../toReadResult.ts'
import { nameOf } from '../../schema/fieldNames.ts'
import { jsonDecoder } from '../../json/jsonDecoder.ts'
import type { Group } from '../../schema/RecordSchema.ts'
import { hasMagic, readFooter } from './readFooter.ts'
import { readRowGroup } from './readRowGroup.ts'
import type { ReadContext } from './convertValue.ts'
import type { ByteRange, ReadRequests } from './readRequests.ts'

export const name = 'Parquet'

/** Of a row group that is read. */
export const maxRows = 4_000_000

/** Of a row group that is read, in all its columns: some 250 MB where each takes no more than a byte of the file. */
const maxValues = 32 * 1024 * 1024

/** How a file of so many bytes is read. */
export const readRows = <A, O>(codec: t.Type<A, O>, structure: Group) => {
  const check = decode(codec)
  const json = jsonDecoder(t.unknown, 'JSON')

  return function* (
    byteLength: number,
    options: ReaderOptions & { readonly columns?: ReadonlyArray<string> } = {},
  ): ReadRequests<A> {
    const limits = { ...defaultLimits, ...options }
    const admit = toReadResult<A>(name, limits.maxRecords)
    const isOurs = yield* attempt(hasMagic(byteLength))
    if (E.isLeft(isOurs) || !isOurs.right) {
      yield unreadableFrom(E.isLeft(isOurs) ? isOurs.left : 'it does not begin with PAR1', 0)
      return
    }
    const found = yield* attempt(readFooter(byteLength, 8 * limits.maxRecordBytes))
    if (E.isLeft(found)) {
      yield unreadableFrom(found.left, Math.max(0, byteLength - 8))
      return
    }
    const { metadata, groupCount: groups, groups: groupsFrom } = found.right
    const issues: Array<Issue> = []
    const path: Array<string | number> = []
    const reading: ReadContext = {
      json: text => E.getOrElse((): unknown => text)(json(text, limits)),
      refuse: (path, actual) => issues.push({ path, expected: 'the text of a JSON object', actual }),
      path,
    }
    const judge = (value: unknown): E.Either<DecodeError, A> =>
      issues.length === 0 ? check(value) : E.left(invalid(issues.splice(0)))
    const groupOptions = {
      structure,
      reading,
      byteLength,
      columns: options.columns?.map(nameOf),
      maxPageBytes: limits.maxRecordBytes,
      budget: { values: maxValues, bytes: 8 * limits.maxRecordBytes },
    }
    let before = 0
    // whatever is behind a row, or a row group, that cannot be read: nobody knows whether it can be believed
    const rest = (reason: string, offset: number): Reject => ({
      ...unreadableFrom(reason, offset),
      records: Math.max(1, Number(metadata.num_rows) - before),
    })
    let offset = byteLength - 8
    let known: ReadonlyArray<RowGroup> = []
    for (let i = 0, first = 0; i < groups; i++) {
      if (i - first === known.length) {
        const next = yield* attempt(groupsFrom(i))
        if (E.isLeft(next)) {
          yield rest(next.left, offset)
          return
        }
        known = next.right
        first = i
      }
      const group = known[i - first] as RowGroup
      offset = Number(group.columns[0]?.meta_data?.data_page_offset ?? 0)
      const size = Number(group.num_rows)
      if (!(size >= 0 && size <= maxRows)) {
        yield rest(`a row group of ${size} rows`, offset)
        return
      }
      const rows = yield* attempt(readRowGroup(metadata, group, groupOptions))
      if (E.isLeft(rows)) {
        yield rest(rows.left, offset)
        return
      }
      const place = { offset }
      for (let i = 0; i < size; i++) {
        const row = tried(rows.right)
        if (E.isLeft(row)) {
          yield rest(row.left, offset)
          return
        }
        yield admit(
          place,
          () => nothing,
          () => judge(row.right),
        )
        before++
      }
    }
  }
}

const nothing: Uint8Array = new Uint8Array(0)

/** hyparquet throws at what it cannot read. */
function* attempt<A>(
  read: Generator<ByteRange, A, ArrayBuffer>,
): Generator<ByteRange, E.Either<string, A>, ArrayBuffer> {
  try {
    return E.right(yield* read)
  } catch (error) {
    return E.left(reasonOf(error))
  }
}

const tried = <A>(read: () => A): E.Either<string, A> => E.tryCatch(read, reasonOf)

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** There is no way on from here. */
export const unreadableFrom = (reason: string, offset: number): Reject => ({
  _tag: 'Reject',
  offset,
  raw: nothing,
  error: malformed(name, `${reason} (byte ${offset})`, { offset, line: 1, column: offset + 1 }),
  isFinal: true,
})
