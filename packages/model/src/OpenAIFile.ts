import { Integer, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedRecord, describedField } from './describedRecord.ts'
import { UnixSeconds } from './UnixSeconds.ts'

const FilePurpose = OpenEnum('FilePurpose', ['fine-tune', 'fine-tune-results'])

const FileStatus = OpenEnum('FileStatus', [
  'uploaded',
  'processed',
  'pending',
  'error',
  'deleting',
  'deleted',
])

/** A file that was uploaded to the service, or written by it. Two files are the same when their ids are. */
export const OpenAIFile = describedRecord(
  'OpenAIFile',
  {
    description: 'A file that was uploaded to the service, or written by it.',
    source: apiSchemaSource('OpenAIFile'),
    identity: { key: 'id' },
  },
  {
    id: describedField(t.string, 'The id of the file: `file-…`.'),
    object: describedField(t.string, 'Always `"file"`.'),
    bytes: describedField(Integer, 'The size of the file.', { unit: 'bytes' }),
    created_at: describedField(UnixSeconds, 'When the file was created.'),
    filename: describedField(t.string, 'The name it was uploaded under.'),
    purpose: describedField(FilePurpose, 'What the file is for.'),
  },
  {
    status: describedField(FileStatus, 'What the service has made of the file so far.'),
    status_details: describedField(nullable(t.string), 'Why the file failed; null when it did not.'),
  },
)
export interface OpenAIFile extends t.TypeOf<typeof OpenAIFile> {}
