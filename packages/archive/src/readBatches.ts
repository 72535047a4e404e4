import { defaultLimits, type ReadResult } from '@finetune-kit/serialization'
import {
  type FileError,
  fileError,
  flattenLazily,
  inAsyncBatches,
  inBatches,
  noReader,
  readResults,
} from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import type { Input } from './Input.ts'
import { ReadLimits } from './ReadLimits.ts'

/** Takes what a reader says about a whole input, after its last record. */
export type TakeNotes = (notes: ReadonlyArray<string>) => Effect.Effect<void>

/** The records of an input, in batches. Memory does not grow with the input. */
export const readBatches =
  <A, O>(codec: t.Type<A, O>, takeNotes: TakeNotes = () => Effect.void) =>
  ({ format, file, bytes }: Input): Stream.Stream<Iterable<ReadResult<A>>, FileError> => {
    const { reader: open, readFrom } = format.of(codec)
    if (file !== undefined && readFrom !== undefined)
      return Stream.concat(
        Stream.orDie(Stream.fromAsyncIterable(inAsyncBatches(readFrom(file), batchSize), cause => cause)),
        readResults(noReader)(bytes),
      )
    return Stream.suspend(() => {
      const reader = open()
      return readResults(reader)(bytes).pipe(
        Stream.map(inBatches),
        flattenLazily,
        Stream.onEnd(Effect.suspend(() => takeNotes(reader.notes?.() ?? []))),
      )
    })
  }

/** Records of a batch of a file that is read at any position. */
const batchSize = 64

/** All bytes of an input, which may not be longer than a record. */
export const readWhole = ({
  name,
  bytes,
  file,
}: Pick<Input, 'name' | 'bytes' | 'file'>): Effect.Effect<Uint8Array, FileError> =>
  Effect.gen(function* () {
    const { maxRecordBytes } = { ...defaultLimits, ...(yield* ReadLimits) }
    const tooLong = fileError(
      name,
      `longer than ${maxRecordBytes / 2 ** 20} MiB, the limit of one record. Split it`,
    )
    if (file !== undefined) {
      if (file.byteLength > maxRecordBytes) return yield* Effect.fail(tooLong)
      return new Uint8Array(yield* Effect.promise(async () => file.slice(0, file.byteLength)))
    }
    const chunks: Array<Uint8Array> = []
    let size = 0
    yield* Stream.runForEach(bytes, chunk => {
      chunks.push(chunk)
      size += chunk.length
      return size > maxRecordBytes ? Effect.fail(tooLong) : Effect.void
    })
    return Buffer.concat(chunks)
  })
