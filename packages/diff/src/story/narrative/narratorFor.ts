import { Validator } from '@finetune-kit/codec'
import { AzureFineTune, FineTuneSnapshot, FineTuningJobSnapshot, RecordKind } from '@finetune-kit/model'
import * as E from '#fp-ts/Either'
import { azureFineTune } from './azureFineTune.ts'
import { fineTune } from './fineTune.ts'
import { fineTuningJob } from './fineTuningJob.ts'
import type { Narrator } from './Narrator.ts'

/** The narrator of a record's kind, if it has one and the record is what that narrator reads. */
export const narratorFor = (record: unknown): Narrator<unknown> | undefined => {
  const kind = RecordKind.detect(record)
  const found = E.isRight(kind) ? narrators.get(kind.right.name) : undefined
  return found?.reads(record) === true ? found.narrator : undefined
}

interface Entry {
  readonly reads: (record: unknown) => boolean
  readonly narrator: Narrator<unknown>
}

const legacy: Entry = {
  reads: Validator.of(FineTuneSnapshot).is,
  narrator: fineTune as Narrator<unknown>,
}
const azure: Entry = {
  reads: Validator.of(AzureFineTune).is,
  narrator: azureFineTune as Narrator<unknown>,
}
const job: Entry = {
  reads: Validator.of(FineTuningJobSnapshot).is,
  narrator: fineTuningJob as Narrator<unknown>,
}

/** By the name of the kind, so that annotating or closing a codec does not change who narrates. */
const narrators: ReadonlyMap<string, Entry> = new Map([
  ['fine-tune', legacy],
  ['azure-fine-tune', azure],
  ['job', job],
])
