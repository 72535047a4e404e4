import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unencodable } from '@finetune-kit/codec'
import { RecordKind } from '@finetune-kit/model'
import { Ndjson } from '@finetune-kit/serialization'
import { fromNodeError, type BadRecord, type FileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { partitionOf } from './partitionOf.ts'
import { digestLength, recordDigest } from './recordDigest.ts'

/** The records of one folder of a dataset, in temporary files. */
export interface Partition {
  readonly kind: RecordKind.RecordKind
  /** The folder, relative to that of the dataset. */
  readonly folder: string
  /** A file of lines of JSON. */
  readonly records: string
  /** A file of the digest of each. */
  readonly digests: string
}

interface OpenPartition extends Partition {
  lines: Array<Uint8Array>
  words: Array<string>
}

/** Bytes that are held before they are written to the temporary files. */
const maxHeld = 8 * 2 ** 20

/**
 * Sorts records into temporary files, one for each kind and month, which end with the scope. Memory
 * does not grow with the records. Fails before anything of the dataset is touched.
 */
export const spoolPartitions = <E, R>(
  records: Stream.Stream<unknown, E, R>,
): Effect.Effect<ReadonlyArray<Partition>, E | FileError | BadRecord, R | Scope.Scope> =>
  Effect.gen(function* () {
    const temporary = yield* Effect.acquireRelease(
      attempt(() => mkdtemp(join(tmpdir(), 'finetune-'))),
      folder => Effect.promise(() => rm(folder, { recursive: true, force: true })),
    )
    const partitions = new Map<string, OpenPartition>()
    const digests = new Map<RecordKind.RecordKind, (record: unknown) => string>()
    const encoder = Ndjson.of(t.unknown).writer()
    let held = 0
    let index = 0

    const flush = attempt(async () => {
      for (const partition of partitions.values()) {
        await appendFile(partition.records, Buffer.concat(partition.lines))
        await appendFile(partition.digests, partition.words.join(''))
        partition.lines = []
        partition.words = []
      }
      held = 0
    })

    const open = (kind: RecordKind.RecordKind, folder: string): OpenPartition => {
      const path = join(temporary, String(partitions.size))
      const partition = {
        kind,
        folder,
        records: `${path}.ndjson`,
        digests: `${path}.txt`,
        lines: [],
        words: [],
      }
      partitions.set(folder, partition)
      return partition
    }

    const add = (value: unknown): BadRecord | undefined => {
      const line = encoder.push(value)
      if (line._tag === 'Left') return { _tag: 'UnencodableRecord', index, value, error: line.left }
      const detected = RecordKind.detect(value)
      if (detected._tag === 'Left')
        return { _tag: 'UnencodableRecord', index, value, error: unencodable([], detected.left) }
      const kind = detected.right
      const folder = partitionOf(kind, value)
      const partition = partitions.get(folder) ?? open(kind, folder)
      const digest = digests.get(kind) ?? recordDigest(kind)
      digests.set(kind, digest)
      partition.lines.push(line.right)
      partition.words.push(digest(value))
      held += line.right.length
      index++
      return undefined
    }

    yield* Stream.runForEachArray(records, values =>
      Effect.suspend(() => {
        for (const value of values) {
          const bad = add(value)
          if (bad !== undefined) return Effect.fail<BadRecord | FileError>(bad)
        }
        return held > maxHeld ? flush : Effect.void
      }),
    )
    yield* flush
    return [...partitions.values()].toSorted((a, b) => (a.folder < b.folder ? -1 : 1))
  })

/** The digests of a partition's records, in their order. */
export const digestsOf = ({ digests }: Partition): Effect.Effect<ReadonlyArray<string>, FileError> =>
  Effect.map(
    attempt(() => readFile(digests, 'latin1')),
    text => text.match(new RegExp(`.{${digestLength}}`, 'g')) ?? [],
  )

const attempt = <A>(run: () => Promise<A>): Effect.Effect<A, FileError> =>
  Effect.tryPromise({ try: run, catch: fromNodeError(tmpdir(), 'write') })
