import { type Input, inputName, openContent, sizeOf, stdin } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'
import { Csv, CsvTables, type Format } from '@finetune-kit/serialization'
import { type FileError, readRecords } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { type CliError, cliError } from '../CliError.ts'

/** The file of a child table: that of `events` next to `runs.csv.gz` is `runs.events.csv.gz`. */
export const fileOfTable = (path: string, table = ''): string =>
  table === '' ? path : path.replace(/(\.[^./\\]+)?(\.(gz|zst|br))?$/i, ends => `.${table}${ends}`)

/** Returns why `--tables` cannot be used from this input to that output, if it cannot. */
export const tablesProblem = (
  from: Format,
  to: Format,
  { input, output }: { readonly input: string; readonly output: string },
): string | undefined => {
  if (from !== Csv && to !== Csv)
    return `--tables: needs CSV, not ${from.name} to ${to.name}. Leave it out, or pass --to csv.`
  return (from === Csv && isStream(input)) || (to === Csv && isStream(output))
    ? '--tables: needs the name of a file, because the tables are files next to it.'
    : undefined
}

const isStream = (path: string): boolean => path === stdin || /^\/dev\/(stdin|stdout|stderr)$/.test(path)

/** The first items of the lists that have a file next to this one: they show the kind of a list. */
export const firstItems = (
  path: string,
): Effect.Effect<Readonly<Record<string, unknown>>, FileError, Scope.Scope> =>
  Effect.gen(function* () {
    const names = new Set(
      RecordKind.all.flatMap(({ codec }) => CsvTables.of(codec as t.Type<unknown>).tables.slice(1)),
    )
    const lists: Record<string, unknown> = {}
    for (const name of names) {
      const file = fileOfTable(path, name)
      if ((yield* sizeOf(file)) === undefined) continue
      const { bytes } = yield* openContent(file, { taken: 0, total: 0 })
      const items = bytes.pipe(readRecords(Csv.of(t.unknown)), Stream.take(1))
      // a bad item is reported when the table is read
      lists[name] = yield* Effect.orElseSucceed(Stream.runCollect(items), () => [])
    }
    return lists
  })

/** The bytes of all tables of an input, the main one first. */
export const openTables = (
  path: string,
  { bytes, progress }: Input,
  tables: ReadonlyArray<string>,
): Effect.Effect<ReadonlyArray<Stream.Stream<Uint8Array, FileError>>, FileError | CliError, Scope.Scope> =>
  Effect.gen(function* () {
    const all = [bytes]
    for (const table of tables.slice(1)) {
      const file = fileOfTable(path, table)
      const size = yield* sizeOf(file)
      if (size === undefined)
        return yield* Effect.fail(
          cliError(
            `${inputName(file)}: no such file. --tables reads it with ${inputName(path)}, as the table of ${table}.`,
          ),
        )
      progress.total = (progress.total ?? 0) + size
      all.push((yield* openContent(file, progress)).bytes)
    }
    return all
  })
