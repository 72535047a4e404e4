import { annotate, dictionary } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { snapshotOf } from '../snapshotOf.ts'
import { MultiGrader } from './Grader.ts'
import {
  LabelModelGraderSnapshot,
  PythonGraderSnapshot,
  ScoreModelGraderSnapshot,
  StringCheckGraderSnapshot,
  TextSimilarityGraderSnapshot,
} from './singleGraderSnapshots.ts'

const known = ['string_check', 'text_similarity', 'python', 'score_model', 'label_model', 'multi']
const otherType = new RegExp(`^(?!(?:${known.join('|')})$)`)

/** A grader of a type that is not documented. */
const OtherGrader = describedRecord(
  'OtherGrader',
  { description: 'A grader of a type that is not documented.', source: 'finetune-kit' },
  {
    type: describedField(
      annotate(
        t.refinement(t.string, type => otherType.test(type), 'another type of grader'),
        { constraints: { pattern: otherType.source } },
      ),
      'The type of the grader.',
    ),
  },
)

const singleSnapshots = [
  StringCheckGraderSnapshot,
  TextSimilarityGraderSnapshot,
  PythonGraderSnapshot,
  ScoreModelGraderSnapshot,
  LabelModelGraderSnapshot,
] as const

const MultiGraderSnapshot = snapshotOf(MultiGrader, {
  description: 'A grader that combines others by a formula, at any moment.',
  replaced: {
    graders: t.union([...singleSnapshots, dictionary(t.union([...singleSnapshots, OtherGrader]))]),
  },
})

/** A grader at any moment: null in optional fields, and types that are not documented. */
export type GraderSnapshot =
  | t.TypeOf<(typeof singleSnapshots)[number]>
  | t.TypeOf<typeof MultiGraderSnapshot>
  | t.TypeOf<typeof OtherGrader>
export const GraderSnapshot: t.Type<GraderSnapshot> = annotate(
  t.union([...singleSnapshots, MultiGraderSnapshot, OtherGrader], 'GraderSnapshot'),
  {
    title: 'GraderSnapshot',
    description: 'A grader at any moment: null in optional fields, and types that are not documented.',
    source: apiSchemaSource('FineTuneReinforcementMethod, grader'),
  },
)
