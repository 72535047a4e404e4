import { isDeepStrictEqual } from 'node:util'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { codecForInput, openInput, readBatches } from '@finetune-kit/archive'
import { draw } from '@finetune-kit/codec'
import { FineTuneSnapshot, FineTuningJobSnapshot } from '@finetune-kit/model'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { encodeAll, formats } from '@finetune-kit/serialization'
import { drawFileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import * as fc from 'fast-check'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { cuts, mutate, mutations, piecesOf } from '../mutate.ts'
import { broken, type Target } from '../Target.ts'

const compressions = {
  none: (bytes: Uint8Array) => bytes,
  gzip: (bytes: Uint8Array) => gzipSync(bytes),
  zstd: (bytes: Uint8Array) => zstdCompressSync(bytes),
  brotli: (bytes: Uint8Array) => brotliCompressSync(bytes),
} as const
type CompressionName = keyof typeof compressions

const archives: ReadonlyArray<readonly [t.Type<unknown>, ReadonlyArray<unknown>]> = [
  [FineTuneSnapshot as t.Type<unknown>, simulateRuns().slice(0, 4)],
  [
    FineTuningJobSnapshot as t.Type<unknown>,
    simulateJobs()
      .flatMap(job => job.snapshots.slice(-1))
      .slice(0, 6),
  ],
]

interface Sample {
  readonly extension: string
  readonly bytes: Uint8Array
}

/** Valid files in every format, of both families. */
const samples: ReadonlyArray<Sample> = (
  await Promise.all(
    formats.map(async lazy => {
      const format = await lazy.load()
      return archives.map(([codec, records]): Sample => {
        const bytes = encodeAll(format.of(codec))(records)
        return {
          extension: format.extensions[0] ?? '',
          bytes: E.isRight(bytes) ? bytes.right : new Uint8Array(0),
        }
      })
    }),
  )
).flat()

/** The records and rejects of an input in chunks, and the error at which it ends. */
const read = async (name: string, pieces: ReadonlyArray<Uint8Array>) => {
  const results: Array<unknown> = []
  const error = await Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const bytes = Stream.fromIterable(
          pieces.filter(piece => piece.length > 0),
          { chunkSize: 1 },
        )
        const input = yield* openInput({ name, bytes })
        results.push(input.format.name, input.kind?.name, input.data?._tag)
        yield* Stream.runForEach(readBatches(codecForInput(input))(input), batch =>
          Effect.sync(() => {
            for (const result of batch)
              results.push(result._tag === 'Record' ? result.value : draw(result.error))
          }),
        )
      }),
    ).pipe(
      Effect.as(''),
      Effect.catch(failure => Effect.succeed(drawFileError(failure))),
    ),
  )
  return { results, error }
}

type Read = Awaited<ReturnType<typeof read>>

/** True for a result that tells of damage to compressed data, and where: nearly, as zlib counts. */
const isDamage = (result: unknown): boolean =>
  typeof result === 'string' && /not (gzip|zstd|brotli): /.test(result)

/** The results before the first record: format, kind, and what else the file is. */
const detected = 3

const tellsDamage = ({ results, error }: Read): boolean =>
  results.some(isDamage) || error.includes(': damaged ')

/** The records before damage to compressed data. */
const intact = ({ results }: Read): ReadonlyArray<unknown> => {
  const at = results.findIndex(isDamage)
  return results.slice(detected, at === -1 ? undefined : at)
}

/**
 * The same results. Of damaged compressed data the reader gets more or less before the damage, and
 * of data that is damaged at its beginning nothing that shows what it is.
 */
const isSame = (a: Read, b: Read): boolean => {
  if (!tellsDamage(a) && !tellsDamage(b)) return isDeepStrictEqual(a, b)
  const [short, long] = [intact(a), intact(b)].toSorted((x, y) => x.length - y.length) as [
    ReadonlyArray<unknown>,
    ReadonlyArray<unknown>,
  ]
  return tellsDamage(a) && tellsDamage(b) && isDeepStrictEqual(long.slice(0, short.length), short)
}

/** Changed bytes of valid files are records, rejects or an error, the same wherever they are cut. */
export const input: Target = {
  name: 'input',
  runs: 40,
  property: fc.asyncProperty(
    fc.nat(samples.length - 1),
    fc.constantFrom<CompressionName>('none', 'gzip', 'zstd', 'brotli'),
    fc.boolean(),
    mutations,
    mutations,
    cuts,
    fc.boolean(),
    async (index, compression, isInner, changes, outer, places, isNamed) => {
      const { bytes, extension } = samples[index] as Sample
      const packed = compressions[compression](isInner ? mutate(bytes, changes) : bytes)
      const given = isInner ? packed : mutate(packed, outer)
      const name = isNamed ? `x${extension}` : '-'
      const whole = await read(name, [Uint8Array.from(given)])
      const parts = await read(name, piecesOf(Uint8Array.from(given), places))
      if (!isSame(parts, whole))
        broken(
          `${extension}, ${compression}: something else in pieces`,
          fc.stringify(parts),
          fc.stringify(whole),
        )
    },
  ),
}
