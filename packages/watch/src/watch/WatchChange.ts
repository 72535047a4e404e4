import type { Observation, Run } from '@finetune-kit/model'
import type { Watch } from './Watch.ts'

/** One thing that a poll of this process has found. */
export type WatchChange =
  /** New observations, which are stored. */
  | {
      readonly _tag: 'Seen'
      readonly watch: number
      readonly runId: string
      readonly run: Run
      readonly observations: ReadonlyArray<Observation>
      readonly hasEnded: boolean
    }
  /** All of a run is stored, and it is not polled any more. */
  | { readonly _tag: 'Complete'; readonly watch: number; readonly runId: string; readonly status: string }
  /** A run of a service that is watched as a whole. */
  | { readonly _tag: 'Found'; readonly watch: number; readonly runId: string }
  /**
   * A poll failed, or found a record that is not kept. The next one is made at `nextPollAt`, in
   * milliseconds since 1970; 0 if there is none.
   */
  | {
      readonly _tag: 'Fault'
      readonly watch: number
      readonly runId: string | undefined
      readonly message: string
      readonly nextPollAt: number
    }
  /** The watch is paused: asking again does not help. */
  | {
      readonly _tag: 'Paused'
      readonly watch: number
      readonly runId: string | undefined
      readonly reason: string
    }
  /** The database cannot be used: polls wait until it can. */
  | { readonly _tag: 'DatabaseFault'; readonly message: string }
  | { readonly _tag: 'DatabaseBack'; readonly subject: string }

/** One thing that polls have found, of this process or of another one on the same database. */
export type ToldChange =
  | Exclude<WatchChange, { readonly _tag: 'Seen' | 'Found' }>
  | (Extract<WatchChange, { readonly _tag: 'Seen' }> & {
      /** The observations of the run before these. */
      readonly earlier: ReadonlyArray<Observation>
    })
  /** The watches of the connection, now and after each change of their states. */
  | { readonly _tag: 'Watches'; readonly watches: ReadonlyArray<Watch> }

type Fault = Extract<WatchChange, { readonly _tag: 'Fault' | 'DatabaseFault' | 'DatabaseBack' }>

/** True for what is not in the database, and concerns this process alone. */
export const isFault = (change: WatchChange): change is Fault =>
  change._tag === 'Fault' || change._tag === 'DatabaseFault' || change._tag === 'DatabaseBack'
