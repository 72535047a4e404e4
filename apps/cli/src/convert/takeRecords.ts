import { recordIn } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'
import * as Stream from 'effect/Stream'
import type { FileConversion, Records } from './FileConversion.ts'

/** The records of observations, of the kind that was passed, if they are wanted. */
export const takeRecords =
  ({ records: wanted }: Pick<FileConversion, 'records'>) =>
  (read: Records): Records => {
    if (wanted === undefined) return read
    const { kind } = wanted
    const records = Stream.map(read, recordIn)
    return kind === undefined ? records : Stream.filter(records, record => isOfKind(record, kind))
  }

const isOfKind = (record: unknown, kind: RecordKind.RecordKind): boolean => {
  const detected = RecordKind.detect(record)
  return detected._tag === 'Right' && detected.right === kind
}
