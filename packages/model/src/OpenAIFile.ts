import { Integer, nullable, OpenEnum } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { apiDescription } from './apiDescription.ts'
import { described, field } from './described.ts'
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
export const OpenAIFile = described(
  'OpenAIFile',
  {
    description: 'A file that was uploaded to the service, or written by it.',
    source: apiDescription('OpenAIFile'),
    identity: { key: 'id' },
  },
  {
    /** The id of the file: `file-…`. */
    id: field(t.string, 'The id of the file: `file-…`.'),
    /** Always `"file"`. */
    object: field(t.string, 'Always `"file"`.'),
    /** The size of the file. */
    bytes: field(Integer, 'The size of the file.', { unit: 'bytes' }),
    /** When the file was created. */
    created_at: field(UnixSeconds, 'When the file was created.'),
    /** The name it was uploaded under. */
    filename: field(t.string, 'The name it was uploaded under.'),
    /** What the file is for. */
    purpose: field(FilePurpose, 'What the file is for.'),
  },
  {
    /** What the service has made of the file so far. */
    status: field(FileStatus, 'What the service has made of the file so far.'),
    /** Why the file failed; null when it did not. */
    status_details: field(nullable(t.string), 'Why the file failed; null when it did not.'),
  },
)
export interface OpenAIFile extends t.TypeOf<typeof OpenAIFile> {}
