import { Identity } from '@finetune-kit/codec'
import { isObservation, recordIn } from './anyKindCodec.ts'
import {
  type FineTuningJobCheckpoint,
  RecordKind,
  type ResultFile,
  type Run,
  type RunEvent,
  resultFileIds,
  runRefOf,
} from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import { snapshotTime } from './snapshotTime.ts'

/**
 * A run with its snapshots and its other records. The last snapshot is the newest: they are in the
 * order of the times at which they were seen, else of the changes that they tell. One without a
 * time stays behind those before it in the input.
 */
export interface ArchivedRun<A = unknown> {
  readonly id: string
  readonly kind: RecordKind.RecordKind
  readonly snapshots: ReadonlyArray<A>
  /** Time at which each snapshot was seen, where an observation holds it. */
  readonly seenAt: ReadonlyArray<number | null>
  readonly events: ReadonlyArray<RunEvent>
  readonly checkpoints: ReadonlyArray<FineTuningJobCheckpoint>
  readonly results: ReadonlyArray<ResultMetrics.ResultMetrics>
}

/** The runs of an archive, and the number of its records by kind that belong to none of them. */
export interface ArchiveContent<A = unknown> {
  readonly runs: ReadonlyArray<ArchivedRun<A>>
  readonly unjoined: ReadonlyMap<string, number>
}

/** Collects the records of an archive and joins them to runs. */
export interface RunRecords<A = unknown> {
  /** Takes a record; an observation for the record in it. The kind is that of an input of one kind. */
  readonly add: (value: unknown, inputKind?: RecordKind.RecordKind) => void
  /**
   * Takes a result file. It belongs to the run that is passed, else to the one that lists the id in
   * its name, else as records do that name no run.
   */
  readonly addResults: (name: string, file: ResultMetrics.ResultMetrics, runId?: string | null) => void
  /** Joins events and checkpoints to their runs; those that name none to this run, or the only one. */
  readonly join: (bareRun?: string) => ArchiveContent<A>
}

const resultKind = 'result-file'

const eventKinds = new Set(['event', 'job-event'])

/** The words and watches of users, which a database writes too: they tell nothing of a history. */
const userKinds = new Set(['annotation', 'watch'])

interface Item {
  readonly kind: string
  readonly runId: string | null
  readonly value: unknown
  /** The name of a result file. */
  readonly file?: string
}

type OpenRun = Omit<ArchivedRun, 'snapshots' | 'seenAt'> & {
  readonly snapshots: Array<unknown>
  readonly seenAt: Array<number | null>
  readonly events: Array<RunEvent>
  readonly checkpoints: Array<FineTuningJobCheckpoint>
  readonly results: Array<ResultMetrics.ResultMetrics>
}

/**
 * Joins records by the run that they belong to: snapshots, events, checkpoints and result files, of
 * one input or of many.
 *
 * @param passed - the kind of all records. Default: each is detected, and snapshots are runs
 *
 * @example
 * const { add, join } = runRecords()
 * add({ object: 'fine_tuning.job', id: 'ftjob-1', created_at: 1, model: 'gpt-4o', status: 'queued' })
 * add({ object: 'fine_tuning.job.event', id: 'ftevent-1', created_at: 2, level: 'info', message: 'Started' })
 * join().runs.map(run => [run.id, run.snapshots.length, run.events.length]) // => [['ftjob-1', 1, 1]]
 */
export const runRecords: {
  (): RunRecords<Run>
  (passed: RecordKind.RecordKind | undefined): RunRecords
} = (passed?: RecordKind.RecordKind): RunRecords<any> => {
  const runs = new Map<string, OpenRun>()
  const items: Array<Item> = []

  const take = (
    value: unknown,
    kind: RecordKind.RecordKind,
    seen: { readonly at: number | null; readonly runId: string | null },
  ): void => {
    if (passed === undefined && userKinds.has(kind.name)) return
    const { key, idOf } = Identity.of(kind.codec)
    if (key === undefined || (passed === undefined && !kind.isRun)) {
      items.push({ kind: kind.name, runId: runRefOf(kind, value, seen.runId)?.id ?? null, value })
      return
    }
    const id = String(idOf(value))
    const run = runs.get(id)
    if (run === undefined)
      runs.set(id, {
        id,
        kind,
        snapshots: [value],
        seenAt: [seen.at],
        events: [],
        checkpoints: [],
        results: [],
      })
    else {
      run.snapshots.push(value)
      run.seenAt.push(seen.at)
    }
  }

  return {
    add: (value, inputKind) => {
      const record = recordIn(value)
      const detected = RecordKind.detect(record)
      const kind = passed ?? (detected._tag === 'Right' ? detected.right : inputKind)
      const seen = isObservation(value)
        ? { at: value.seen_at, runId: value.run_id }
        : { at: null, runId: null }
      if (kind !== undefined) take(record, kind, seen)
    },
    addResults: (file, value, runId = null) => {
      items.push({ kind: resultKind, runId, value, file })
    },
    join: bareRun => {
      const only = runs.size === 1 ? [...runs.keys()][0] : undefined
      const unjoined = new Map<string, number>()
      for (const run of runs.values()) sortByTime(run)
      for (const { kind, runId, value, file } of items) {
        const named = runId ?? (file === undefined ? null : runOfResults(file, runs.values()))
        const run = runs.get(named ?? bareRun ?? only ?? '')
        if (run !== undefined && eventKinds.has(kind)) run.events.push(value as RunEvent)
        else if (run !== undefined && kind === 'checkpoint')
          run.checkpoints.push(value as FineTuningJobCheckpoint)
        else if (run !== undefined && kind === resultKind)
          run.results.push(
            file === undefined
              ? ResultMetrics.parse((value as ResultFile).content)
              : (value as ResultMetrics.ResultMetrics),
          )
        else unjoined.set(kind, (unjoined.get(kind) ?? 0) + 1)
      }
      return { runs: [...runs.values()], unjoined }
    },
  }
}

const sortByTime = ({ kind, snapshots, seenAt }: OpenRun): void => {
  if (snapshots.length < 2) return
  let latest = 0
  const sorted = snapshots
    .map((value, i) => {
      const at = seenAt[i] ?? null
      const time = snapshotTime(kind, value, at) ?? latest
      latest = Math.max(latest, time)
      return { value, at, time }
    })
    .toSorted((a, b) => a.time - b.time)
  for (const [i, { value, at }] of sorted.entries()) [snapshots[i], seenAt[i]] = [value, at]
}

/** The run whose last snapshot lists a result file with an id that is in the name of this one. */
const runOfResults = (file: string, runs: Iterable<OpenRun>): string | null => {
  for (const { id, snapshots } of runs)
    if (resultFileIds(snapshots.at(-1)).some(listed => file.includes(listed))) return id
  return null
}
