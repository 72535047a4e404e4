import { RecordKind } from '@finetune-kit/model'
import { Csv, CsvTables, type Format } from '@finetune-kit/serialization'
import { type FileError, readRecords } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { contentOf, type InputError, inputError, sizeOf, type Source, stdin } from '@finetune-kit/archive'

/** The file of a table: the one of `events` beside `runs.csv.gz` is `runs.events.csv.gz`, and the main table's is itself. */
export const fileOf = (path: string, table = ''): string =>
  table === '' ? path : path.replace(/(\.[^./\\]+)?(\.(gz|zst|br))?$/i, ends => `.${table}${ends}`)

/** Why records cannot go over several tables from this input to that output. */
export const tablesTrouble = (
  from: Format,
  to: Format,
  { input, output }: { readonly input: string; readonly output: string },
): string | undefined => {
  if (from !== Csv && to !== Csv)
    return `--tables is for CSV, and this would go from ${from.name} to ${to.name}.`
  return (from === Csv && isOne(input)) || (to === Csv && isOne(output))
    ? '--tables needs the name of a file, beside which the other tables are: - is one stream.'
    : undefined
}

/** A name that stands for what is open already. */
const isOne = (path: string): boolean => path === stdin || /^\/dev\/(stdin|stdout|stderr)$/.test(path)

/** The first items of the lists that have a file beside this one: they tell of what kind a list is. */
export const firstItems = (
  path: string,
): Effect.Effect<Readonly<Record<string, unknown>>, FileError, Scope.Scope> =>
  Effect.gen(function* () {
    const names = new Set(
      RecordKind.all.flatMap(({ codec }) => CsvTables.of(codec as t.Type<unknown>).tables.slice(1)),
    )
    const lists: Record<string, unknown> = {}
    for (const name of names) {
      const file = fileOf(path, name)
      if ((yield* sizeOf(file)) === undefined) continue
      const { bytes } = yield* contentOf(file, { taken: 0, total: 0 })
      const items = bytes.pipe(readRecords(Csv.of(t.unknown)), Stream.take(1))
      // what is wrong with it is said when it is read
      lists[name] = yield* Effect.orElseSucceed(Stream.runCollect(items), () => [])
    }
    return lists
  })

/** The bytes of all the tables of an input, the main one first. */
export const tablesOf = (
  path: string,
  { bytes, progress }: Source,
  tables: ReadonlyArray<string>,
): Effect.Effect<ReadonlyArray<Stream.Stream<Uint8Array, FileError>>, FileError | InputError, Scope.Scope> =>
  Effect.gen(function* () {
    const all = [bytes]
    for (const table of tables.slice(1)) {
      const file = fileOf(path, table)
      const size = yield* sizeOf(file)
      if (size === undefined)
        return yield* Effect.fail(
          inputError(`There is no file ${file}, the table of ${table} that --tables reads with ${path}.`),
        )
      progress.total = (progress.total ?? 0) + size
      all.push((yield* contentOf(file, progress)).bytes)
    }
    return all
  })
