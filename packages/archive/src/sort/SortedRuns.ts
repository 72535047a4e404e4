import type { FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { EncodeError } from '@finetune-kit/codec'
import { type RandomAccessFile, Ndjson } from '@finetune-kit/serialization'
import { type FileError, fileError, inAsyncBatches, randomAccess } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import * as t from 'io-ts'
import { openTempFile, tryTempFile } from '../spoolToTempFile.ts'
import { compareKeys, type SortKey } from './SortKey.ts'

/** Records in sorted runs: the last one in memory, the others in a temporary file without a name. */
export interface SortedRuns {
  /** Adds a record. Returns why JSON cannot hold it, if it cannot. */
  readonly add: (key: SortKey, record: unknown) => EncodeError | undefined
  /** Bytes in memory. */
  readonly held: () => number
  /** Writes the records in memory as a run. */
  readonly spill: Effect.Effect<void, FileError>
  /** Merges all runs. Records with equal keys come in the order in which they were added. */
  readonly merge: (keyOf: (record: unknown) => SortKey) => Stream.Stream<unknown, FileError>
}

interface Line {
  readonly key: SortKey
  readonly bytes: Uint8Array
}

/** The range of a run in the file. */
interface Run {
  readonly start: number
  readonly end: number
}

/** Bytes of a line in memory next to its text. */
const lineOverhead = 256

/** Bytes that are written at once. */
const pieceBytes = 1024 * 1024

/** Bytes of all runs that are read ahead, and the least of one run. */
const [aheadBytes, leastAhead] = [8 * 1024 * 1024, 16 * 1024]

/** Makes runs that end with the scope. */
export const sortedRuns = (): Effect.Effect<SortedRuns, never, Scope.Scope> =>
  Effect.gen(function* () {
    const writer = Ndjson.of(t.unknown).writer()
    const runs: Array<Run> = []
    let lines: Array<Line> = []
    let held = 0
    let file: FileHandle | undefined
    let end = 0
    yield* Effect.addFinalizer(() => Effect.promise(async () => file?.close()))

    const spill = tryTempFile(async () => {
      file ??= await openTempFile()
      const start = end
      for (const piece of piecesOf(sort(lines))) {
        await file.writeFile(piece)
        end += piece.length
      }
      runs.push({ start, end })
      lines = []
      held = 0
    })

    return {
      add: (key, record) => {
        const line = writer.push(record)
        if (line._tag === 'Left') return line.left
        lines.push({ key, bytes: line.right })
        held += line.right.length + lineOverhead
        return undefined
      },
      held: () => held,
      spill,
      merge: keyOf =>
        Stream.unwrap(
          Effect.gen(function* () {
            const source = file === undefined ? undefined : yield* randomAccess(file, tmpdir())
            const ahead = Math.max(leastAhead, Math.floor(aheadBytes / (runs.length + 1)))
            const inFile = source === undefined ? [] : runs.map(run => chunksOf(source, run, ahead))
            const inputs = [...inFile, inMemory(sort(lines))].map(readRecords)
            return Stream.fromAsyncIterable(
              inAsyncBatches(mergeRecords(inputs, keyOf), batchSize),
              asFileError,
            )
          }),
        ).pipe(Stream.flattenIterable),
    }
  })

const sort = (lines: ReadonlyArray<Line>) => lines.toSorted((a, b) => compareKeys(a.key, b.key))

function* piecesOf(lines: ReadonlyArray<Line>): Generator<Uint8Array> {
  let piece: Array<Uint8Array> = []
  let size = 0
  for (const { bytes } of lines) {
    piece.push(bytes)
    size += bytes.length
    if (size < pieceBytes) continue
    yield Buffer.concat(piece)
    piece = []
    size = 0
  }
  yield Buffer.concat(piece)
}

async function* chunksOf(
  file: RandomAccessFile,
  { start, end }: Run,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += bytes)
    yield new Uint8Array(await file.slice(at, Math.min(end, at + bytes)))
}

async function* inMemory(lines: ReadonlyArray<Line>): AsyncGenerator<Uint8Array> {
  for (const { bytes } of lines) yield bytes
}

const noLimits = { maxRecordBytes: 2 ** 31, maxDepth: 2 ** 31, maxValues: 2 ** 31 }

async function* readRecords(chunks: AsyncIterable<Uint8Array>): AsyncGenerator {
  const reader = Ndjson.of(t.unknown).reader(noLimits)
  for await (const chunk of chunks)
    for (const result of reader.push(chunk)) {
      if (result._tag === 'Reject') throw fileError(tmpdir(), 'a temporary file was changed. Try again')
      yield result.value
    }
}

/** A run that is read, and its first record that is not merged yet. */
interface Cursor {
  readonly records: AsyncIterator<unknown>
  readonly run: number
  key: SortKey
  record: unknown
}

async function* mergeRecords(
  runs: ReadonlyArray<AsyncIterable<unknown>>,
  keyOf: (record: unknown) => SortKey,
): AsyncGenerator {
  const waiting: Array<Cursor> = [] // the least comes last
  const advance = async (cursor: Cursor): Promise<void> => {
    const next = await cursor.records.next()
    if (next.done === true) return
    cursor.record = next.value
    cursor.key = keyOf(next.value)
    let [from, to] = [0, waiting.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (isBefore(cursor, waiting[middle] as Cursor)) from = middle + 1
      else to = middle
    }
    waiting.splice(from, 0, cursor)
  }
  for (const [run, records] of runs.entries())
    await advance({ records: records[Symbol.asyncIterator](), run, key: undefined, record: undefined })
  for (let least = waiting.pop(); least !== undefined; least = waiting.pop()) {
    yield least.record
    await advance(least)
  }
}

const isBefore = (a: Cursor, b: Cursor): boolean => (compareKeys(a.key, b.key) || a.run - b.run) < 0

/** Records in one element of a stream, so that its overhead is shared. */
const batchSize = 64

const asFileError = (cause: unknown): FileError =>
  (cause as Partial<FileError>)._tag === 'FileError'
    ? (cause as FileError)
    : fileError(tmpdir(), `a temporary file cannot be read (${String(cause)}). Try again`)
