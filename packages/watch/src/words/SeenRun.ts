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

const kindOf = (record: unknown): string | undefined => {
  const kind = RecordKind.detect(record)
  return kind._tag === 'Right' ? kind.right.name : undefined
}

/** Adds observations of the run. */
export const see = (run: SeenRun, observations: ReadonlyArray<Observation>): SeenRun => {
  const ofKinds = (...kinds: ReadonlyArray<string>) =>
    observations.filter(({ record }) => kinds.includes(kindOf(record) ?? ''))
  const recordsOf = (...kinds: ReadonlyArray<string>): ReadonlyArray<unknown> =>
    ofKinds(...kinds).map(({ record }) => record)
  const snapshots = ofKinds('job', 'fine-tune', 'azure-fine-tune')
  return {
    snapshots: [...run.snapshots, ...snapshots.map(({ record }) => record)],
    seenAt: [...run.seenAt, ...snapshots.map(({ seen_at: at }) => at)],
    events: [...run.events, ...(recordsOf('job-event', 'event') as ReadonlyArray<RunEvent>)],
    checkpoints: [
      ...run.checkpoints,
      ...(recordsOf('checkpoint') as ReadonlyArray<FineTuningJobCheckpointSnapshot>),
    ],
    results: [
      ...run.results,
      ...recordsOf('result-file').map(record => ResultMetrics.parse((record as ResultFile).content)),
    ],
  }
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
