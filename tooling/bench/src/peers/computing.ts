import { decode } from '@finetune-kit/codec'
import { History } from '@finetune-kit/diff'
import {
  Comparable,
  Observation,
  RecordKind,
  type ResultFile,
  runRefOf,
  summaryOf,
} from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import type * as t from 'io-ts'

/** A run of an import: the end of its history, and its items. */
interface ComputedRun {
  head?: History.Head<unknown>
  readonly events: Array<never>
  readonly checkpoints: Array<never>
  readonly results: Array<ResultMetrics.ResultMetrics>
}

/**
 * The work that the columns of a store ask of any import, whatever it writes: each record is
 * checked; a snapshot has the digest of its value, that of its comparable form, and the delta from
 * the one before as JSON text; an item has its text; a run has a summary.
 */
export const computing = () => {
  const runs = new Map<string, ComputedRun>()
  return {
    add: (value: unknown): void => {
      const observation = decode(Observation)(value)
      if (observation._tag === 'Left') throw new Error('not an observation')
      const { record, run_id } = observation.right
      const kind = RecordKind.detect(record)
      if (kind._tag === 'Left') throw new Error(kind.left)
      const { check, history, comparable } = opsOf(kind.right)
      if (check(record)._tag === 'Left') throw new Error(`not a valid ${kind.right.name}`)
      const ref = runRefOf(kind.right, record, run_id)
      const run = runs.get(ref?.id ?? '') ?? { events: [], checkpoints: [], results: [] }
      runs.set(ref?.id ?? '', run)
      if (ref?.role === 'part') addItem(run, kind.right.name, record)
      else {
        history.valueDigest(comparable(record))
        const next = history.next(record)(run.head)
        if (next._tag === 'Left') throw new Error(next.left.reason)
        if (next.right === undefined) return
        JSON.stringify('delta' in next.right.entry ? next.right.entry.delta : record)
        run.head = next.right.head
      }
    },
    /** Computes the summary of each run. */
    summarize: (): void => {
      for (const { head, ...items } of runs.values()) summaryOf(head?.value as never, items)
    },
  }
}

const addItem = (run: ComputedRun, kind: string, item: unknown): void => {
  JSON.stringify(item)
  if (kind === 'checkpoint') run.checkpoints.push(item as never)
  else if (kind === 'result-file') run.results.push(ResultMetrics.parse((item as ResultFile).content))
  else run.events.push(item as never)
}

const opsOf = ({ name }: RecordKind.RecordKind) => allOps.get(name) as Ops

type Ops = ReturnType<typeof derive>

const derive = (codec: t.Type<unknown>) => ({
  check: decode(codec),
  history: History.of(codec),
  comparable: Comparable.of(codec),
})

const allOps: ReadonlyMap<string, Ops> = new Map(
  RecordKind.all.map(({ name, codec }) => [name, derive(codec as t.Type<unknown>)]),
)
