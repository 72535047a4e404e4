import { stat } from 'node:fs/promises'
import { Identity } from '@finetune-kit/codec'
import {
  type Input,
  type InputSource,
  inputName,
  listFiles,
  openInput,
  rejectReport,
  snapshotTime,
} from '@finetune-kit/archive'
import { ArchiveComparison } from '@finetune-kit/diff'
import { Comparable, RecordKind } from '@finetune-kit/model'
import { type FileError, readFile } from '@finetune-kit/serialization/effect'
import type { ReadResult } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'
import { type CliError, cliError } from '../CliError.ts'
import { sourceOf } from '../Io.ts'
import { nounOf } from './kindCounts.ts'
import { type RecordOptions, recordsOf } from './readRecords.ts'
import { recordsToPair, type RecordToPair } from './recordsToPair.ts'
import { requireRecords } from './requireRecords.ts'

/** The newest record of a run on each side; undefined where a side does not have it. */
export interface Pair {
  readonly codec: t.Type<unknown, unknown>
  /** The word for the record: `run`, or its kind. */
  readonly noun: string
  readonly run: string
  readonly a: unknown
  readonly b: unknown
}

/** The runs of two files. */
export interface RunPairs {
  /** True if each file holds one run. These two are then the pair, even if they are two runs. */
  readonly isSingle: boolean
  /** True if the records are those of observations: events and checkpoints are among the runs. */
  readonly isObserved: boolean
  /** The runs that differ, as they are found; a single pair always. */
  readonly pairs: Stream.Stream<Pair, FileError>
}

type Known = Pick<RecordOptions, 'kind' | 'format'>

interface Options extends Known {
  /**
   * True if a file may have no records: git passes such a file for one that was added or removed.
   */
  readonly mayBeEmpty: boolean
}

/** One side of the comparison, which is read twice. */
interface Side {
  readonly name: string
  readonly batches: Stream.Stream<Iterable<ReadResult<RecordToPair>>, FileError>
  readonly kindOf: (value: unknown) => RecordKind.RecordKind | undefined
}

/**
 * Pairs the runs of two files. Archives are read twice, so that memory grows with the runs that
 * differ and not with the files. What can be read only once, such as standard input, is kept.
 */
export const runPairs = Effect.fnUntraced(function* (
  [before, after]: readonly [string, string],
  options: Options,
) {
  const known = options.kind?.name === 'observation' ? { ...options, kind: undefined } : options
  const [first, second] = [yield* openSide(before, known), yield* openSide(after, known)]
  const comparisons = comparisonsByKind()
  const a = yield* indexSide(first, 'before', comparisons, options)
  const b = yield* indexSide(second, 'after', comparisons, options)
  const [from, to] = [a.last ?? b.last, b.last ?? a.last]
  if (a.runs.size === 1 && b.runs.size === 1 && from?.kind === to?.kind && from !== undefined) {
    const named = { codec: from.kind.codec as t.Type<unknown, unknown>, noun: nounFor(from.kind) }
    const run = [...new Set([...a.runs, ...b.runs])].join(' and ')
    const single: RunPairs = {
      isSingle: true,
      isObserved: false,
      pairs: Stream.succeed({ ...named, run, a: a.last?.value, b: b.last?.value }),
    }
    return single
  }
  const many: RunPairs = {
    isSingle: false,
    isObserved: a.isObserved || b.isObserved,
    pairs: Stream.fromAsyncIterable(resolve(comparisons, first, second), cause => cause as FileError),
  }
  return many
})

const openSide = (path: string, known: Known): Effect.Effect<Side, FileError | CliError> =>
  Effect.gen(function* () {
    const { kind } = known
    const files = yield* Effect.forEach(yield* listFiles(path), file => openFile(file, known))
    const [only, ...others] = files
    return {
      name: inputName(path),
      batches: Stream.map(
        Stream.flatMap(Stream.fromIterable(files), ({ batches }) => batches),
        recordsToPair,
      ),
      kindOf: value => {
        if (kind !== undefined) return kind
        const detected = RecordKind.detect(value)
        if (detected._tag === 'Right') return detected.right
        return others.length === 0 ? only?.kind : undefined
      },
    }
  })

const openFile = (path: string, { kind, format }: Known) =>
  Effect.gen(function* () {
    const source = yield* rereadable(path)
    const open = Effect.map(openInput(source, { kind, format }), input => ({
      input,
      batches: recordsOf(input, { kind, refusesErrors: true }),
    }))
    const input: Input = yield* Effect.scoped(Effect.map(open, opened => opened.input))
    yield* requireRecords(input)
    return {
      kind: input.kind,
      batches: Stream.unwrap(Effect.map(open, opened => opened.batches)),
    }
  })

const nounFor = ({ isRun, name }: RecordKind.RecordKind): string => (isRun ? 'run' : nounOf(name))

/** A source that can be read again: the path of a file, or the bytes of a pipe in memory. */
const rereadable = (path: string): Effect.Effect<InputSource, FileError> =>
  Effect.gen(function* () {
    const source = yield* sourceOf(path)
    if (typeof source === 'string' && !(yield* isPipe(source))) return source
    const { name, bytes } = typeof source === 'string' ? { name: source, bytes: readFile(source) } : source
    const chunks = yield* Stream.runCollect(bytes)
    return { name, bytes: Stream.fromIterable(chunks, { chunkSize: 1 }) }
  })

/** True for a path that can be read once, such as those that `<(command)` of a shell makes. */
const isPipe = (path: string): Effect.Effect<boolean> =>
  Effect.promise(() =>
    stat(path).then(
      found => !found.isFile(),
      () => false, // opening it says what is wrong
    ),
  )

/** One comparison for each kind of record, made when the first record of it comes. */
const comparisonsByKind = () => {
  const all = new Map<RecordKind.RecordKind, ArchiveComparison.ArchiveComparison<unknown>>()
  return (kind: RecordKind.RecordKind): ArchiveComparison.ArchiveComparison<unknown> => {
    let comparison = all.get(kind)
    if (comparison === undefined) {
      const codec: t.Type<unknown, unknown> = kind.codec
      comparison = ArchiveComparison.of(codec, { comparable: Comparable.of(codec) })
      all.set(kind, comparison)
    }
    return comparison
  }
}

/**
 * The first pass: the runs of a file (two at most, to tell one from several), its newest record.
 */
const indexSide = (
  { name, batches, kindOf }: Side,
  side: ArchiveComparison.Side,
  comparisons: ReturnType<typeof comparisonsByKind>,
  { mayBeEmpty }: Options,
) =>
  Effect.gen(function* () {
    const runs = new Set<string>()
    const rejects = rejectReport(name)
    let isObserved = false
    let last: { readonly value: unknown; readonly kind: RecordKind.RecordKind } | undefined
    const index = ({ record: value, seenAt }: RecordToPair): CliError | undefined => {
      const kind = kindOf(value)
      if (kind === undefined) return cliError(`${name}: unknown kind of record. Pass --kind KIND.`)
      const { by, idOf } = Identity.of(kind.codec)
      if (by !== 'key' && last !== undefined)
        return cliError(
          `${name}: holds several records of kind ${kind.name}, which have no id to pair them by. Pass a file with one.`,
        )
      isObserved ||= seenAt !== null
      const time = snapshotTime(kind, value, seenAt)
      if (by !== 'key' || comparisons(kind).index(side, value, time)) last = { value, kind }
      if (runs.size < 2) runs.add(by === 'key' ? String(idOf(value)) : kind.name)
      return undefined
    }
    yield* Stream.runForEach(batches, batch =>
      Effect.suspend(() => {
        for (const result of batch) {
          if (result._tag === 'Reject') rejects.add(result)
          else {
            const error = index(result.value)
            if (error !== undefined) return Effect.fail(error)
          }
        }
        return Effect.void
      }),
    )
    if (rejects.lines().length > 0) return yield* Effect.fail(cliError(rejects.lines().join('\n')))
    if (runs.size === 0 && !mayBeEmpty)
      return yield* Effect.fail(cliError(`${name}: no records to compare. Pass a file with records.`))
    return { runs, last, isObserved }
  })

/** The second pass: both files side by side, so that few records wait for their counterpart. */
async function* resolve(
  comparisons: ReturnType<typeof comparisonsByKind>,
  before: Side,
  after: Side,
): AsyncGenerator<Pair> {
  const open = (side: 'before' | 'after', { batches, kindOf }: Side) => ({
    side,
    kindOf,
    batches: Stream.toAsyncIterable(batches)[Symbol.asyncIterator](),
  })
  const reading = [open('before', before), open('after', after)]
  while (reading.length > 0)
    for (const one of reading) {
      const { done, value: batch } = await one.batches.next()
      if (done === true) {
        reading.splice(reading.indexOf(one), 1)
        break
      }
      for (const result of batch) {
        if (result._tag === 'Reject') continue
        const { record } = result.value
        const kind = one.kindOf(record)
        if (kind === undefined || Identity.of(kind.codec).by !== 'key') continue
        for (const change of comparisons(kind).resolve(one.side, record))
          yield { ...pairOf(change), codec: kind.codec, noun: nounFor(kind) }
      }
    }
}

const pairOf = (change: ArchiveComparison.ArchiveChange<unknown>): Omit<Pair, 'codec' | 'noun'> => {
  switch (change._tag) {
    case 'Changed':
      return { run: change.id, a: change.before, b: change.after }
    case 'Added':
      return { run: change.id, a: undefined, b: change.value }
    default:
      return { run: change.id, a: change.value, b: undefined }
  }
}
