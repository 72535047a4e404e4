import { annotate, dictionary } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import {
  LabelModelGrader,
  PythonGrader,
  ScoreModelGrader,
  StringCheckGrader,
  TextSimilarityGrader,
} from './singleGraders.ts'
import {
  LabelModelGraderSnapshot,
  PythonGraderSnapshot,
  ScoreModelGraderSnapshot,
} from './singleGraderSnapshots.ts'
import { snapshotOf } from '../snapshotOf.ts'

const singleGraders = [
  StringCheckGrader,
  TextSimilarityGrader,
  PythonGrader,
  ScoreModelGrader,
  LabelModelGrader,
] as const
const SingleGrader = t.union([...singleGraders])

/**
 * A grader that combines others. On the wire `graders` is a map by name; the `openai` package types
 * it as one grader. Both are accepted.
 */
export const MultiGrader = describedRecord(
  'MultiGrader',
  { description: 'A grader that combines others by a formula.', source: apiSchemaSource('GraderMulti') },
  {
    type: describedField(t.literal('multi'), 'Always `"multi"`.'),
    name: describedField(t.string, 'The name of the grader.'),
    graders: describedField(
      t.union([...singleGraders, dictionary(SingleGrader)]),
      'The graders by name, or one grader.',
    ),
    calculate_output: describedField(t.string, 'The formula over the names of the graders.'),
  },
)
export interface MultiGrader extends t.TypeOf<typeof MultiGrader> {}

/** A grader of a reinforcement job, told apart by its `type`. */
export type Grader =
  | StringCheckGrader
  | TextSimilarityGrader
  | PythonGrader
  | ScoreModelGrader
  | LabelModelGrader
  | MultiGrader
export const Grader: t.Type<Grader> = annotate(t.union([...singleGraders, MultiGrader], 'Grader'), {
  title: 'Grader',
  description: 'A grader of a reinforcement job, told apart by its `type`.',
  source: apiSchemaSource('FineTuneReinforcementMethod, grader'),
})

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
  StringCheckGrader,
  TextSimilarityGrader,
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
