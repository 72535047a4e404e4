import type { Operation } from '../../Operation.ts'
import type { FieldPath } from '../../FieldPath.ts'

/** The operations that a change covers. */
interface Told {
  readonly operations: ReadonlyArray<Operation>
}

/** A change of a field of any record. */
export type FieldChange = Told &
  (
    | { readonly _tag: 'Added'; readonly place: FieldPath; readonly value: unknown }
    | { readonly _tag: 'Removed'; readonly place: FieldPath; readonly was: unknown }
    | { readonly _tag: 'Replaced'; readonly place: FieldPath; readonly was: unknown; readonly value: unknown }
    /** An item moved within its list; indexes count from 0. */
    | { readonly _tag: 'Moved'; readonly place: FieldPath; readonly from: string; readonly to: string }
    /** The records are not equal, but their JSON is: a key that holds `undefined`, for example. */
    | { readonly _tag: 'NotInJson' }
  )

/** A file of a run. Some records tell no more than its id. */
export interface FileName {
  /** The purpose of the file, such as `"training file"`. */
  readonly role: string
  readonly id: string
  readonly filename: string | null
  readonly bytes: number | null
}

/** The value of a metric at one step. */
export interface MetricPoint {
  readonly step: number
  readonly value: number
}

/** A checkpoint, and the number of steps of the whole training where it is known. */
export interface Checkpoint {
  readonly step: number
  readonly total: number | null
  readonly model: string | null
  readonly metrics: ReadonlyArray<{ readonly metric: string; readonly value: number }>
}

/** A change of a run. Times are Unix seconds; `null` is what the records do not tell. */
export type RunChange = Told &
  (
    | {
        readonly _tag: 'FirstSeen'
        /** The time it was seen; that of its creation where it has just been created. */
        readonly at: number | null
        /** null where the story tells the creation before. */
        readonly createdAt: number | null
        readonly status: string
        readonly model: string
      }
    /** The record is later by so many seconds; earlier if they are negative. */
    | { readonly _tag: 'TimestampChanged'; readonly at: number; readonly seconds: number }
    /** `seconds`: the time since the run got its previous status. */
    | {
        readonly _tag: 'StatusMoved'
        readonly from: string
        readonly to: string
        readonly seconds: number | null
      }
    | { readonly _tag: 'RunFailed'; readonly reason: string }
    | { readonly _tag: 'CostKnown'; readonly dollars: number }
    /** `from` is null for a run that was not in the queue before. */
    | { readonly _tag: 'QueueMoved'; readonly from: number | null; readonly to: number }
    /** `seconds`: the time in the queue. */
    | { readonly _tag: 'Started'; readonly at: number; readonly seconds: number | null }
    | { readonly _tag: 'EpochDone'; readonly done: number; readonly total: number }
    | {
        readonly _tag: 'StepDone'
        readonly done: number
        readonly total: number | null
        readonly trainingLoss: number | null
        readonly meanReward: number | null
      }
    | { readonly _tag: 'Created'; readonly model: string }
    /** `seconds`: the time since the creation of the run. */
    | { readonly _tag: 'Finished'; readonly at: number; readonly seconds: number }
    | { readonly _tag: 'FilesValidated' }
    | (Checkpoint & { readonly _tag: 'CheckpointSaved' })
    /** So many in a row, the first at the step `from`: what people read, and no `story` tells. */
    | (Checkpoint & { readonly _tag: 'CheckpointsSaved'; readonly count: number; readonly from: number })
    | { readonly _tag: 'TokensTrained'; readonly tokens: number }
    /** The last value of a metric and its best, which is null where better is not defined. */
    | {
        readonly _tag: 'MetricKnown'
        readonly metric: string
        readonly last: MetricPoint
        readonly best: MetricPoint | null
      }
    /** An event tells the end; a snapshot that shows it has a `StatusMoved`. */
    | { readonly _tag: 'Ended'; readonly status: string }
    /** An event in words that no other change tells of. */
    | { readonly _tag: 'Reported'; readonly level: string; readonly text: string }
    | { readonly _tag: 'ModelPublished'; readonly model: string }
    | { readonly _tag: 'FileAdded'; readonly file: FileName }
    | { readonly _tag: 'FileRemoved'; readonly file: FileName }
    | { readonly _tag: 'FileFinished'; readonly file: FileName }
    | { readonly _tag: 'FileFailed'; readonly file: FileName; readonly reason: string | null }
    /** The service chose a hyperparameter that was left to it. */
    | { readonly _tag: 'HyperparameterResolved'; readonly place: FieldPath; readonly value: unknown }
    | {
        readonly _tag: 'HyperparameterChanged'
        readonly place: FieldPath
        readonly was: unknown
        readonly value: unknown
      }
    /** `texts`: the messages that no other change tells. */
    | { readonly _tag: 'EventsAdded'; readonly count: number; readonly texts: ReadonlyArray<string> }
    | { readonly _tag: 'EventsLost'; readonly count: number; readonly texts: ReadonlyArray<string> }
  )

/** One difference in words. A plain sum: `switch` on `_tag`, or pass it to a renderer. */
export type Change = FieldChange | RunChange
