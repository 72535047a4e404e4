import { annotate, Integer, nullable, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { UnixSeconds } from './UnixSeconds.ts'

/** A file that was uploaded to the service, or written by it. Two files are the same when their ids are. */
export const OpenAIFile = annotate(
  record(
    'OpenAIFile',
    {
      /** The id of the file: `file-…`. */
      id: t.string,
      /** Always `"file"`. */
      object: t.string,
      /** The size of the file, in bytes. */
      bytes: annotate(Integer, { unit: 'bytes' }),
      /** When the file was created. */
      created_at: UnixSeconds,
      /** The name it was uploaded under. */
      filename: t.string,
      /** What it is for: `"fine-tune"`, `"fine-tune-results"`, … */
      purpose: t.string,
    },
    {
      /** What the service makes of it: `"uploaded"`, `"processed"`, `"error"`, … */
      status: t.string,
      /** Why the file failed, if it did. */
      status_details: nullable(t.string),
    },
  ),
  { description: 'A file that was uploaded to the service, or written by it.', identity: { key: 'id' } },
)
export interface OpenAIFile extends t.TypeOf<typeof OpenAIFile> {}
