import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RecordOrder } from '@finetune-kit/model'
import { type Format, Ndjson, type WriterOptions } from '@finetune-kit/serialization'
import {
  type BadRecord,
  type BadRecordPolicy,
  type FileError,
  fileError,
  fromNodeError,
  readFile,
  readRecords,
  type Tally,
  tally,
  writeFile,
  writeRecords,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { openInput } from '../Input.ts'
import { filesIn } from '../listFiles.ts'
import { readBatches } from '../readBatches.ts'
import { sortedBy } from '../sort/sortedBy.ts'
import { recordDigest } from './recordDigest.ts'
import { digestsOf, type Partition, spoolPartitions } from './spoolPartitions.ts'

export interface DatasetOptions<E = never> {
  /** The format of the files, such as Parquet. */
  readonly format: Format
  readonly look?: WriterOptions
  /** The order in which the records come, which files of the format may state. */
  readonly order?: RecordOrder.RecordOrder
  /** The handling of records that the format cannot hold. Default: fail at the first one. */
  readonly bad?: BadRecordPolicy<E>
  /** The tally that the records that are written are counted on. */
  readonly tally?: Tally
}

/** The result of adding records to a dataset. */
export interface DatasetReport {
  /** The records that the dataset already had, or that came twice. */
  readonly present: number
  /** The files that were added. */
  readonly files: ReadonlyArray<string>
}

/**
 * Adds records to a dataset: a folder with a file for each kind and month, and another one each
 * time records are added, which DuckDB, Spark, Trino and ClickHouse read as one table. No file is
 * rewritten, and no record that the dataset has is added again, so that an interrupted call can be
 * repeated. Each file appears whole. One process at a time may add to a dataset.
 */
export const addToDataset =
  <E1 = never>(folder: string, options: DatasetOptions<E1>) =>
  <E, R>(
    records: Stream.Stream<unknown, E, R>,
  ): Effect.Effect<DatasetReport, E | E1 | FileError | BadRecord, R> =>
    Effect.scoped(
      Effect.gen(function* () {
        const partitions = yield* spoolPartitions(records)
        const files: Array<string> = []
        let present = 0
        for (const partition of partitions) {
          const path = join(folder, partition.folder)
          const known = yield* storedDigests(path, partition)
          const isNew = (yield* digestsOf(partition)).map(digest => {
            const isAdded = !known.has(digest)
            known.add(digest)
            return isAdded
          })
          const added = isNew.filter(Boolean).length
          present += isNew.length - added
          if (added === 0) continue
          const file = join(path, `part-${crypto.randomUUID()}${options.format.extensions[0] ?? ''}`)
          yield* attempt(path, () => mkdir(path, { recursive: true }))
          yield* writePart(file, partition, { ...options, isNew })
          files.push(file)
        }
        return { present, files }
      }),
    )

const writePart = <E>(
  file: string,
  { kind, records }: Partition,
  {
    format,
    look,
    order,
    bad = 'fail',
    tally: count = tally(),
    isNew,
  }: DatasetOptions<E> & { isNew: ReadonlyArray<boolean> },
) => {
  const codec = kind.codec as t.Type<unknown>
  let at = 0
  return readFile(records).pipe(
    readRecords(Ndjson.of(codec)),
    Stream.filter(() => isNew[at++] === true),
    writeRecords(format.of(codec), { ...look, ...sortedBy(order, codec), bad, tally: count }),
    writeFile(file),
  )
}

/** The digests of the records that a folder of a dataset has. */
const storedDigests = (folder: string, { kind }: Partition): Effect.Effect<Set<string>, FileError> =>
  Effect.gen(function* () {
    const digests = new Set<string>()
    const found = yield* attempt(folder, () => stat(folder).catch(() => undefined))
    if (found === undefined) return digests
    const digest = recordDigest(kind)
    for (const file of yield* filesIn(folder)) {
      const reading = Effect.flatMap(openInput(file, { kind }), input =>
        Stream.runForEach(readBatches(kind.codec as t.Type<unknown>)(input), batch => {
          for (const result of batch) {
            if (result._tag === 'Reject')
              return Effect.fail(
                fileError(
                  file,
                  `holds something else than records of kind ${kind.name}. Take it out of the dataset`,
                ),
              )
            digests.add(digest(result.value))
          }
          return Effect.void
        }),
      )
      yield* Effect.scoped(reading)
    }
    return digests
  })

const attempt = <A>(path: string, run: () => Promise<A>): Effect.Effect<A, FileError> =>
  Effect.tryPromise({ try: run, catch: fromNodeError(path, 'write') })
