import { type StoryEntry, changeText, story } from '@finetune-kit/diff/story'
import {
  type FineTuningJobCheckpointSnapshot,
  type Observation,
  RecordKind,
  type ResultFile,
  type RunEvent,
} from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import type * as t from 'io-ts'

/** All that was seen of a run, for its story. */
export interface SeenRun {
  readonly snapshots: ReadonlyArray<unknown>
  readonly seenAt: ReadonlyArray<number>
  readonly events: ReadonlyArray<RunEvent>
  readonly checkpoints: ReadonlyArray<FineTuningJobCheckpointSnapshot>
  readonly results: ReadonlyArray<ResultMetrics.ResultMetrics>
}

export const unseen: SeenRun = { snapshots: [], seenAt: [], events: [], checkpoints: [], results: [] }

/** Adds observations of the run. */
export const see = (run: SeenRun, observations: ReadonlyArray<Observation>): SeenRun => {
  const snapshots = [...run.snapshots]
  const seenAt = [...run.seenAt]
  const events = [...run.events]
  const checkpoints = [...run.checkpoints]
  const results = [...run.results]
  for (const { record, seen_at: at } of observations) {
    const kind = RecordKind.detect(record)
    if (kind._tag === 'Left') continue
    const { name, isRun } = kind.right
    if (isRun) {
      snapshots.push(record)
      seenAt.push(at)
    } else if (name === 'event' || name === 'job-event') events.push(record as RunEvent)
    else if (name === 'checkpoint') checkpoints.push(record as FineTuningJobCheckpointSnapshot)
    else if (name === 'result-file') results.push(ResultMetrics.parse((record as ResultFile).content))
  }
  return { snapshots, seenAt, events, checkpoints, results }
}

/** The entries of the story of a run that its story before did not have. */
export const newEntries = (before: SeenRun, after: SeenRun): ReadonlyArray<StoryEntry> => {
  const told = new Map<string, number>()
  for (const text of storyOf(before).flatMap(textsOf)) told.set(text, (told.get(text) ?? 0) + 1)
  return storyOf(after).flatMap(entry => {
    const changes = entry.changes.filter(change => {
      const text = changeText([change])
      const left = told.get(text) ?? 0
      told.set(text, left - 1)
      return left <= 0
    })
    return changes.length === 0 ? [] : [{ ...entry, changes }]
  })
}

const textsOf = ({ changes }: StoryEntry): ReadonlyArray<string> =>
  changes.map(change => changeText([change]))

const storyOf = ({ snapshots, ...resources }: SeenRun): ReadonlyArray<StoryEntry> => {
  const kind = RecordKind.detect(snapshots[0])
  return kind._tag === 'Left' ? [] : story(kind.right.codec as t.Type<unknown>)(snapshots, resources)
}
