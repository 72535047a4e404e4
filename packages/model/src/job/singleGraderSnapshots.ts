import * as t from 'io-ts'
import { snapshotOf } from '../snapshotOf.ts'
import { GraderMessageSnapshot } from './graderInputSnapshots.ts'
import {
  LabelModelGrader,
  PythonGrader,
  ScoreModelGrader,
  StringCheckGrader,
  TextSimilarityGrader,
} from './singleGraders.ts'

/** Graders with optional fields, at any moment. */

export const StringCheckGraderSnapshot = snapshotOf(StringCheckGrader, {
  description: 'A grader that compares two texts, at any moment.',
})

export const TextSimilarityGraderSnapshot = snapshotOf(TextSimilarityGrader, {
  description: 'A grader that measures how similar two texts are, at any moment.',
})

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
