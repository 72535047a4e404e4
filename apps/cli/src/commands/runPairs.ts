import { ArchiveComparison } from '@finetune-kit/diff'
import type { ReadResult } from '@finetune-kit/serialization'
import { Meta } from '@finetune-kit/codec'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import {
  type InputError,
  inputError,
  inputName,
  readItems,
  rejectReport,
  stdin,
  tryReading,
} from '@finetune-kit/archive'

/** A run as it was last seen on each side; `undefined` where a side does not have it. */
export interface Pair {
  readonly run: string
  readonly a: unknown
  readonly b: unknown
}

/** What two files hold. */
export interface RunPairs {
  /** Whether each file holds one run: these two are then the pair, also when they are two runs. */
  readonly isSingle: boolean
  /** The runs that the files do not have alike, as they are found; a single pair always. */
  readonly pairs: () => AsyncIterable<Pair>
}

type Codec = t.Type<unknown, unknown>
type Batches = () => AsyncIterable<Iterable<ReadResult<unknown>>>

/**
 * Reads two files once, and again for the pairs of archives: memory grows with the runs that differ, not with the
 * files. Standard input, which can be read once, is kept.
 *
 * @param mayBeEmpty - whether a file without records has nothing (git says so of a file that is new or gone)
 */
export const runPairs = Effect.fnUntraced(function* (
  codec: Codec,
  paths: readonly [string, string],
  mayBeEmpty: boolean,
) {
  const [before, after] = [batchesOf(codec, paths[0]), batchesOf(codec, paths[1])]
  const comparison = ArchiveComparison.of(codec)
  const a = yield* indexed(codec, paths[0], before, value => comparison.index('before', value), mayBeEmpty)
  const b = yield* indexed(codec, paths[1], after, value => comparison.index('after', value), mayBeEmpty)
  if (a.runs.size === 1 && b.runs.size === 1) {
    const run = [...new Set([...a.runs, ...b.runs])].join(' and ')
    const single: RunPairs = { isSingle: true, pairs: () => only({ run, a: a.last, b: b.last }) }
    return single
  }
  const many: RunPairs = { isSingle: false, pairs: () => resolved(comparison, before, after) }
  return many
})

async function* only(pair: Pair): AsyncGenerator<Pair> {
  yield pair
}

const batchesOf = (codec: Codec, path: string): Batches => {
  if (path !== stdin) return () => readItems(path, codec)
  const kept: Array<ReadonlyArray<ReadResult<unknown>>> = []
  return async function* () {
    if (kept.length > 0) yield* kept
    else
      for await (const batch of readItems(path, codec)) {
        kept.push([...batch])
        yield kept.at(-1) ?? []
      }
  }
}

/** The first pass: which runs there are (two of them at most, to see whether it is one), and the last record. */
const indexed = (
  codec: Codec,
  path: string,
  batches: Batches,
  index: (value: unknown) => void,
  mayBeEmpty: boolean,
): Effect.Effect<{ readonly runs: ReadonlySet<string>; readonly last: unknown }, InputError> => {
  const name = inputName(path)
  const runs = new Set<string>()
  const rejects = rejectReport(name)
  const { identity } = Meta.of(codec)
  let last: unknown
  const pass = async () => {
    for await (const batch of batches())
      for (const item of batch)
        if (item._tag === 'Reject') rejects.add(item)
        else {
          last = item.value
          index(last)
          if (runs.size < 2 && typeof identity === 'object')
            runs.add(String((last as Record<string, unknown>)[identity.key]))
        }
  }
  return Effect.flatMap(tryReading(path, pass), () => {
    if (rejects.lines().length > 0) return Effect.fail(inputError(rejects.lines().join('\n')))
    if (runs.size === 0 && !mayBeEmpty)
      return Effect.fail(inputError(`${name} is empty: it holds no record.`))
    return Effect.succeed({ runs, last })
  })
}

/** The second pass: both files side by side, so that few records wait for their other half. */
async function* resolved(
  comparison: ArchiveComparison.ArchiveComparison<unknown>,
  before: Batches,
  after: Batches,
): AsyncGenerator<Pair> {
  const reading = [
    { side: 'before' as const, batches: before()[Symbol.asyncIterator]() },
    { side: 'after' as const, batches: after()[Symbol.asyncIterator]() },
  ]
  while (reading.length > 0)
    for (const one of reading) {
      const { done, value: batch } = await one.batches.next()
      if (done === true) {
        reading.splice(reading.indexOf(one), 1)
        break
      }
      for (const item of batch)
        if (item._tag === 'Record')
          for (const change of comparison.resolve(one.side, item.value))
            yield change._tag === 'Changed'
              ? { run: change.id, a: change.before, b: change.after }
              : change._tag === 'Added'
                ? { run: change.id, a: undefined, b: change.value }
                : { run: change.id, a: change.value, b: undefined }
    }
}
