import { annotate, Integer, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiSchemaSource } from './apiSchemaSource.ts'
import { describedField, describedRecord } from './describedRecord.ts'
import { snapshotOf } from './snapshotOf.ts'
import { UnixSeconds } from './UnixSeconds.ts'

/** The purpose of a file. Other words may come. */
export const FilePurpose = annotate(
  OpenEnum('FilePurpose', [
    'fine-tune',
    'fine-tune-results',
    'assistants',
    'assistants_output',
    'batch',
    'batch_output',
    'vision',
    'user_data',
    'evals',
  ]),
  { description: 'The purpose of a file.' },
)
export type FilePurpose = t.TypeOf<typeof FilePurpose>

const FileStatus = OpenEnum('FileStatus', [
  'uploaded',
  'processed',
  'pending',
  'error',
  'deleting',
  'deleted',
])

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
    created_at: describedField(UnixSeconds, 'The time of creation.'),
    filename: describedField(t.string, 'The name of the file when it was uploaded.'),
    purpose: describedField(FilePurpose, 'The purpose of the file.'),
  },
  {
    status: describedField(FileStatus, 'The progress of the service with the file.'),
    // the description of the API said "object" for a while; the service has always written a text
    status_details: describedField(nullable(t.string), 'The reason why the file failed; null if it did not.'),
    expires_at: describedField(UnixSeconds, 'The time when the service deletes the file.'),
  },
)
export interface OpenAIFile extends t.TypeOf<typeof OpenAIFile> {}

/** A file at any moment: Azure does not know the size of an imported file until it has read it. */
export const OpenAIFileSnapshot = snapshotOf(OpenAIFile, {
  description: 'A file at any moment; Azure leaves the size out until it has read the file.',
  mayBeAbsent: ['bytes'],
})
export interface OpenAIFileSnapshot extends t.TypeOf<typeof OpenAIFileSnapshot> {}

export const FileDeleted = describedRecord(
  'FileDeleted',
  {
    description: 'The answer to the deletion of a file.',
    source: apiSchemaSource('DeleteFileResponse'),
  },
  {
    id: describedField(t.string, 'The id of the file.'),
    object: describedField(t.literal('file'), 'Always `"file"`.'),
    deleted: describedField(t.boolean, 'True if the file is gone.'),
  },
)
export interface FileDeleted extends t.TypeOf<typeof FileDeleted> {}
