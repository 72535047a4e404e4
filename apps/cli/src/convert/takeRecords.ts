import { recordIn } from '@finetune-kit/archive'
import { redact as redacted } from '@finetune-kit/diff'
import { RecordKind } from '@finetune-kit/model'
import * as Stream from 'effect/Stream'
import type { FileConversion, Records } from './FileConversion.ts'

/** The records of observations, of the kind that was passed, if they are wanted; without secrets. */
export const takeRecords =
  ({ records: wanted, redact }: Pick<FileConversion, 'records' | 'redact'>) =>
  (all: Records): Records => {
    const read = redact ? Stream.map(all, redacted) : all
    if (wanted === undefined) return read
    const { kind } = wanted
    const records = Stream.map(read, recordIn)
    return kind === undefined ? records : Stream.filter(records, record => isOfKind(record, kind))
  }

const isOfKind = (record: unknown, kind: RecordKind.RecordKind): boolean => {
  const detected = RecordKind.detect(record)
  return detected._tag === 'Right' && detected.right === kind
}
