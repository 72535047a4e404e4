import { draw, unencodable } from '@finetune-kit/codec'
import { isObservation } from '@finetune-kit/archive'
import {
  type AzureFineTune,
  type Conversion,
  type ConversionNote,
  FineTuneSnapshot,
  FineTuningJobSnapshot,
  fromAzure,
  RecordKind,
  toFineTune,
  toFineTuningJob,
} from '@finetune-kit/model'
import type * as t from 'io-ts'
import { pluralize } from '../pluralize.ts'

/** The families of runs, by the names that `--as` takes. */
export type FamilyName = 'job' | 'fine-tune'

/** Converts runs to one family, and counts the values that are lost or changed by it. */
export interface FamilyConverter {
  readonly codec: t.Type<unknown>
  /** A record of the other family as one of this; any other record as it is. */
  readonly convert: (record: unknown) => ConvertedRecord
  /** `3 converted (12 values lost, 9 changed)` */
  readonly summary: () => string
}

/** A record after the conversion. */
export interface ConvertedRecord {
  readonly record: unknown
  /** True for a run of this family; an observation of one is none. */
  readonly isRun: boolean
  /** A line for each value that is lost or changed. */
  readonly notes: () => ReadonlyArray<string>
}

export const familyConverter = (family: FamilyName): FamilyConverter => {
  const count = { converted: 0, lost: 0, changed: 0 }
  const convertRun = convertersTo[family]
  return {
    codec: (family === 'job' ? FineTuningJobSnapshot : FineTuneSnapshot) as t.Mixed,
    convert: record => {
      const isObserved = isObservation(record)
      const run: unknown = isObserved ? record.record : record
      const detected = RecordKind.detect(run)
      const name = detected._tag === 'Right' && detected.right.codec.is(run) ? detected.right.name : ''
      const isRun = name === family && !isObserved
      if (name === family || !Object.hasOwn(convertRun, name)) return { record, isRun, notes: () => [] }
      const { value, lost, changed } = (convertRun[name] as Convert)(run)
      count.converted++
      count.lost += lost.length
      count.changed += changed.length
      const { id } = run as { readonly id: string }
      return {
        record: isObserved ? { ...record, record: value } : value,
        isRun: !isObserved,
        notes: () => [...linesOf(id, 'lost', lost), ...linesOf(id, 'changed', changed)],
      }
    },
    summary: () =>
      `${count.converted} converted (${pluralize(count.lost, 'value')} lost, ${count.changed} changed)`,
  }
}

type Convert = (run: unknown) => Conversion<unknown>

/** The conversions to a family, by the kind of the source. */
const convertersTo: Readonly<Record<FamilyName, Readonly<Record<string, Convert>>>> = {
  job: {
    'fine-tune': run => toFineTuningJob(run as FineTuneSnapshot),
    'azure-fine-tune': run => {
      const first = fromAzure(run as AzureFineTune)
      const { value, lost, changed } = toFineTuningJob(first.value)
      return { value, lost, changed: [...first.changed, ...changed] }
    },
  },
  'fine-tune': {
    job: run => toFineTune(run as FineTuningJobSnapshot),
    'azure-fine-tune': run => fromAzure(run as AzureFineTune),
  },
}

/** `ft-1 /hyperparams/prompt_loss_weight: lost: a job has no such parameter` */
const linesOf = (id: string, verb: string, notes: ReadonlyArray<ConversionNote>): ReadonlyArray<string> =>
  notes.map(({ path, reason }) => draw(unencodable([...path], `${verb}: ${reason}`), id))
