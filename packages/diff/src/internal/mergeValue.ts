import { Eq } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { maxDepth } from './Differ.ts'

/** A path that both sides changed, each in its own way. `undefined` is absent. */
export interface Conflict {
  /** A JSON Pointer into the merged value; list items count as they stand there. */
  readonly path: string
  readonly base: unknown
  readonly ours: unknown
  readonly theirs: unknown
}

/** The three values of one path; `undefined` is absent. */
export interface ThreeWay {
  readonly base: unknown
  readonly ours: unknown
  readonly theirs: unknown
}

export interface MergePosition {
  readonly path: string
  readonly depth: number
  readonly conflicts: Array<Conflict>
}

/** Merges three values that all differ, where both sides have one. */
export type MergeValue = (sides: ThreeWay, at: MergePosition) => unknown

/** Records a conflict. Returns ours, or theirs where ours removed it: no changed value is lost. */
export const conflict: MergeValue = (sides, { path, conflicts }) => {
  conflicts.push({ path, ...sides })
  return sides.ours === undefined ? sides.theirs : sides.ours
}

const { equals } = Eq.of(t.unknown)

/** Takes the value that one side changed; merges what both changed, unless one side removed it. */
export const mergeValue = (sides: ThreeWay, merge: MergeValue, at: MergePosition): unknown => {
  const { base, ours, theirs } = sides
  if (equals(ours, theirs) || equals(base, theirs)) return ours
  if (equals(base, ours)) return theirs
  const isWhole = ours === undefined || theirs === undefined || at.depth >= maxDepth
  return (isWhole ? conflict : merge)(sides, at)
}
