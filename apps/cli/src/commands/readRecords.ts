import {
  codecForInput,
  type Input,
  openInput,
  readBatches,
  readWhole,
  type Reading,
  type TakeNotes,
} from '@finetune-kit/archive'
import { escapeUnprintable } from '@finetune-kit/codec'
import type { RecordKind } from '@finetune-kit/model'
import { Csv, Json, type LazyFormat, type ReadResult } from '@finetune-kit/serialization'
import type { FileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { complain, sourceOf } from '../Io.ts'
import { countedTable } from './countedTable.ts'
import { requireRecords } from './requireRecords.ts'
import { withoutErrors } from './withoutErrors.ts'

/** The flags about the records of a file. */
export interface RecordOptions {
  readonly kind?: RecordKind.RecordKind | undefined
  readonly format?: LazyFormat | undefined
  readonly reading?: Reading
  /** True if files of fine-tuning that hold no records are taken. Default: they are refused. */
  readonly takesData?: boolean
  /** True if an error response of the API is a bad record. Default: it is a record of its kind. */
  readonly refusesErrors?: boolean
}

export type Batches = Stream.Stream<Iterable<ReadResult<unknown>>, FileError>

/** Opens a file and reads its records: of the kind that is passed, else each of its own. */
export const openRecords = (path: string, options: RecordOptions = {}) =>
  Effect.gen(function* () {
    const input = yield* openInput(yield* sourceOf(path), options)
    if (options.takesData !== true) yield* requireRecords(input)
    return { input, batches: recordsOf(input, options) }
  })

/** The records of an open input. A JSON file is one record where its kind is a list. */
export const recordsOf = (
  input: Input,
  { kind, reading = 'codec', refusesErrors = false }: RecordOptions = {},
): Batches => {
  const detected = codecForInput(input, reading)
  const codec: t.Type<unknown> = kind?.[reading] ?? (refusesErrors ? withoutErrors(detected) : detected)
  const records = readBatches(codec, printNotes(input))
  if (input.format.name === Csv.name) return withTablesHint(input, records(input))
  if (input.format.name !== Json.name || kind?.isList !== true) return records(input)
  return Stream.fromEffect(
    Effect.map(readWhole(input), (raw): Iterable<ReadResult<unknown>> => {
      const decoded = Json.of(codec).decode(raw)
      return decoded._tag === 'Right'
        ? [{ _tag: 'Record', offset: 0, value: decoded.right }]
        : [{ _tag: 'Reject', offset: 0, raw, error: decoded.left }]
    }),
  )
}

/** Prints what a reader says about a whole input. */
export const printNotes =
  ({ name }: Pick<Input, 'name'>): TakeNotes =>
  notes =>
    complain(...notes.map(note => escapeUnprintable(`${name}: ${note}`)))

/** Says after the records of the main one of several CSV tables that they are to be joined. */
const withTablesHint = ({ name }: Input, batches: Batches): Batches => {
  const counted = countedTable(name)
  const hint = Effect.flatMap(counted.file, found =>
    found === undefined
      ? Effect.void
      : complain(
          `${name}: one of several tables, with ${found}. Join them first: finetune convert --tables ${name} runs.ndjson`,
        ),
  )
  return Stream.concat(
    Stream.map(batches, batch => counted.watch(batch)),
    Stream.unwrap(Effect.as(hint, Stream.empty)),
  )
}
