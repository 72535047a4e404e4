import { annotate, dictionary } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import {
  LabelModelGrader,
  optionalName,
  PythonGrader,
  ScoreModelGrader,
  StringCheckGrader,
  TextSimilarityGrader,
} from './singleGraders.ts'

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
    graders: describedField(
      t.union([...singleGraders, dictionary(SingleGrader)]),
      'The graders by name, or one grader.',
    ),
    calculate_output: describedField(t.string, 'The formula over the names of the graders.'),
  },
  optionalName,
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
