import { Finite, Integer, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from '../apiSchemaSource.ts'
import { describedField, describedRecord } from '../describedRecord.ts'
import { GraderMessage } from './graderInput.ts'

/** Every grader's optional name: the schema asks for it, the guides and the service do not. */
export const optionalName = {
  name: describedField(t.string, 'The name of the grader.'),
}
const input = describedField(t.string, 'The text that is graded, with `{{…}}` templates.')
const reference = describedField(t.string, 'The text that it is compared with.')
const messages = describedField(t.array(GraderMessage), 'The messages to the grading model.')
const model = describedField(t.string, 'The name of the grading model.')

export const StringCheckGrader = describedRecord(
  'StringCheckGrader',
  { description: 'A grader that compares two texts.', source: apiSchemaSource('GraderStringCheck') },
  {
    type: describedField(t.literal('string_check'), 'Always `"string_check"`.'),
    input,
    reference,
    operation: describedField(
      OpenEnum('StringCheckOperation', ['eq', 'ne', 'like', 'ilike']),
      'The comparison.',
    ),
  },
  optionalName,
)
export interface StringCheckGrader extends t.TypeOf<typeof StringCheckGrader> {}

export const TextSimilarityGrader = describedRecord(
  'TextSimilarityGrader',
  {
    description: 'A grader that measures how similar two texts are.',
    source: apiSchemaSource('GraderTextSimilarity'),
  },
  {
    type: describedField(t.literal('text_similarity'), 'Always `"text_similarity"`.'),
    input,
    reference,
    evaluation_metric: describedField(
      OpenEnum('SimilarityMetric', [
        'cosine',
        'fuzzy_match',
        'bleu',
        'gleu',
        'meteor',
        'rouge_1',
        'rouge_2',
        'rouge_3',
        'rouge_4',
        'rouge_5',
        'rouge_l',
      ]),
      'The measure of similarity.',
    ),
  },
  optionalName,
)
export interface TextSimilarityGrader extends t.TypeOf<typeof TextSimilarityGrader> {}

export const PythonGrader = describedRecord(
  'PythonGrader',
  { description: 'A grader that runs a Python script.', source: apiSchemaSource('GraderPython') },
  {
    type: describedField(t.literal('python'), 'Always `"python"`.'),
    source: describedField(t.string, 'The source of the script.'),
  },
  { ...optionalName, image_tag: describedField(t.string, 'The image that the script runs in.') },
)
export interface PythonGrader extends t.TypeOf<typeof PythonGrader> {}

const SamplingParams = describedRecord(
  'SamplingParams',
  {
    description: 'The sampling parameters of a grading model.',
    source: apiSchemaSource('GraderScoreModel, sampling_params'),
  },
  {},
  {
    max_completions_tokens: describedField(nullable(Integer), 'The largest number of tokens in an answer.'),
    reasoning_effort: describedField(
      nullable(OpenEnum('ReasoningEffort', ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'])),
      'The effort of reasoning before an answer.',
    ),
    seed: describedField(nullable(Integer), 'The seed of the sampling.'),
    temperature: describedField(nullable(Finite), 'The temperature of the sampling.'),
    top_p: describedField(nullable(Finite), 'The share of probability that tokens are sampled from.'),
  },
)

export const ScoreModelGrader = describedRecord(
  'ScoreModelGrader',
  { description: 'A grader that lets a model give a score.', source: apiSchemaSource('GraderScoreModel') },
  {
    type: describedField(t.literal('score_model'), 'Always `"score_model"`.'),
    model,
    input: messages,
  },
  {
    ...optionalName,
    range: describedField(t.array(Finite), 'The smallest and the greatest score. Default: 0 and 1.'),
    sampling_params: describedField(SamplingParams, 'The sampling parameters of the model.'),
  },
)
export interface ScoreModelGrader extends t.TypeOf<typeof ScoreModelGrader> {}

export const LabelModelGrader = describedRecord(
  'LabelModelGrader',
  { description: 'A grader that lets a model choose a label.', source: apiSchemaSource('GraderLabelModel') },
  {
    type: describedField(t.literal('label_model'), 'Always `"label_model"`.'),
    model,
    input: messages,
    labels: describedField(t.array(t.string), 'The labels to choose from.'),
    passing_labels: describedField(t.array(t.string), 'The labels that pass.'),
  },
  optionalName,
)
export interface LabelModelGrader extends t.TypeOf<typeof LabelModelGrader> {}
