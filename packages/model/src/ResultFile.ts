import * as t from 'io-ts'
import { describedField, describedRecord } from './describedRecord.ts'

/** The text of a result file, so that an observation can tie it to its run. */
export const ResultFile = describedRecord(
  'ResultFile',
  {
    title: 'Result file',
    description: 'The metrics of a run by step, as the service wrote them into a file.',
    source: 'finetune-kit',
    identity: { key: 'name' },
  },
  {
    object: describedField(t.literal('finetune-kit.result-file'), 'Always `"finetune-kit.result-file"`.'),
    name: describedField(t.string, 'The name of the file, which often holds its id.'),
    content: describedField(t.string, 'The content of the file: CSV, plain or in base64.'),
  },
)
export interface ResultFile extends t.TypeOf<typeof ResultFile> {}
