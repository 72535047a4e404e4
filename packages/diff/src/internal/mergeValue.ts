import { Eq } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { maxDepth } from '../Differ.ts'

/** A place that both sides changed, each in its own way. `undefined` is absent. */
export interface Conflict {
  /** A JSON Pointer into the merged value; a list's items count as they stand there. */
  readonly path: string
  readonly base: unknown
  readonly ours: unknown
  readonly theirs: unknown
}

/** The three values of a place; `undefined` is absent. */
export interface ThreeWay {
  readonly base: unknown
  readonly ours: unknown
  readonly theirs: unknown
}

export interface Place {
  readonly path: string
  readonly depth: number
  readonly conflicts: Array<Conflict>
}

/** Merges three values that all differ, when both sides have one. */
export type MergeValue = (sides: ThreeWay, at: Place) => unknown

/** Notes a conflict, and takes what is ours, or theirs where ours took it away: nothing that changed is lost. */
export const conflict: MergeValue = (sides, { path, conflicts }) => {
  conflicts.push({ path, ...sides })
  return sides.ours === undefined ? sides.theirs : sides.ours
}

const { equals } = Eq.of(t.unknown)

/** What one side changed is that side's; what both changed goes to the merger, unless one of them took it away. */
export const mergeValue = (sides: ThreeWay, merge: MergeValue, at: Place): unknown => {
  const { base, ours, theirs } = sides
  if (equals(ours, theirs) || equals(base, theirs)) return ours
  if (equals(base, ours)) return theirs
  const isWhole = ours === undefined || theirs === undefined || at.depth >= maxDepth
  return (isWhole ? conflict : merge)(sides, at)
}
