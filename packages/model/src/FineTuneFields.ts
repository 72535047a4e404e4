import { annotate } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { FineTuneEvent } from './FineTuneEvent.ts'
import { OpenAIFile } from './OpenAIFile.ts'
import { UnixSeconds } from './UnixSeconds.ts'

/** The fields that a fine-tune has at every moment of its life. */
export const fields = {
  /** The id of the run: `ft-…`. */
  id: t.string,
  /** Always `"fine-tune"`. */
  object: t.string,
  /** When the run was created. */
  created_at: annotate(UnixSeconds, { description: 'When the run was created.' }),
  /** When anything about it last changed. */
  updated_at: annotate(UnixSeconds, { description: 'When anything about it last changed.' }),
  /** The name of the base model. */
  model: t.string,
  /** Whose run it is. */
  organization_id: t.string,
  /** Where the run stands: `"pending"`, `"running"`, `"succeeded"`, `"failed"` or `"cancelled"` so far. */
  status: t.string,
  /** What it was trained on. */
  training_files: t.array(OpenAIFile),
  /** What it was validated on. */
  validation_files: t.array(OpenAIFile),
  /** What the service wrote about it. */
  result_files: t.array(OpenAIFile),
}

/** The fields that lists of fine-tunes leave out. */
export const optionalFields = {
  /** What happened so far, oldest first. */
  events: t.array(FineTuneEvent),
}
