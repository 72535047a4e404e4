import { nullable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { describedField, describedRecord } from './describedRecord.ts'
import { UnixSeconds } from './UnixSeconds.ts'

/** The words of a user about a run: no service sends them, stores hand them on. */
export const RunAnnotation = describedRecord(
  'RunAnnotation',
  {
    title: 'Annotation of a run',
    description: 'The words of a user about a run: tags, a note, and whether it is hidden.',
    source: 'finetune-kit',
  },
  {
    object: describedField(t.literal('finetune-kit.annotation'), 'Always `"finetune-kit.annotation"`.'),
    run_id: describedField(t.string, 'The id of the run.'),
    run_created_at: describedField(
      nullable(UnixSeconds),
      'When the run was created, where several runs have the id; null means the newest.',
    ),
    tags: describedField(t.array(t.string), 'Words that the run is found by.'),
    note: describedField(t.string, 'A text about the run; empty if there is none.'),
    hidden: describedField(t.boolean, 'True if lists leave the run out.'),
  },
)
export interface RunAnnotation extends t.TypeOf<typeof RunAnnotation> {}
