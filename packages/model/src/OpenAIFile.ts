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
    /** The id of the file: `file-…`. */
    id: describedField(t.string, 'The id of the file: `file-…`.'),
    /** Always `"file"`. */
    object: describedField(t.string, 'Always `"file"`.'),
    /** The size of the file. */
    bytes: describedField(Integer, 'The size of the file.', { unit: 'bytes' }),
    /** When the file was created. */
    created_at: describedField(UnixSeconds, 'When the file was created.'),
    /** The name it was uploaded under. */
    filename: describedField(t.string, 'The name it was uploaded under.'),
    /** What the file is for. */
    purpose: describedField(FilePurpose, 'What the file is for.'),
  },
  {
    /** What the service has made of the file so far. */
    status: describedField(FileStatus, 'What the service has made of the file so far.'),
    /** Why the file failed; null when it did not. */
    status_details: describedField(nullable(t.string), 'Why the file failed; null when it did not.'),
  },
)
export interface OpenAIFile extends t.TypeOf<typeof OpenAIFile> {}
