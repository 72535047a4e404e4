import * as t from 'io-ts'
import { snapshotOf } from '../snapshotOf.ts'
import { GraderMessageSnapshot } from './graderInputSnapshots.ts'
import { LabelModelGrader, PythonGrader, ScoreModelGrader } from './singleGraders.ts'

/** Graders with optional fields, at any moment. */

export const PythonGraderSnapshot = snapshotOf(PythonGrader, {
  description: 'A grader that runs a Python script, at any moment.',
})

export const ScoreModelGraderSnapshot = snapshotOf(ScoreModelGrader, {
  description: 'A grader that lets a model give a score, at any moment.',
  replaced: { input: t.array(GraderMessageSnapshot) },
})

export const LabelModelGraderSnapshot = snapshotOf(LabelModelGrader, {
  description: 'A grader that lets a model choose a label, at any moment.',
  replaced: { input: t.array(GraderMessageSnapshot) },
})
