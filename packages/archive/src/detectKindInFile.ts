import { RecordKind } from '@finetune-kit/model'
import type { RandomAccessFile, Format } from '@finetune-kit/serialization'
import * as t from 'io-ts'

/** Whether a format is read from the end of a file, at the places that it needs. */
export const isReadInPlace = (format: Format): boolean => format.of(t.unknown).readFrom !== undefined

/** What the records of a file seem to be that is read at any place, by the first of them. */
export const detectKindInFile = async (
  format: Format,
  file: RandomAccessFile,
): Promise<RecordKind.RecordKind | undefined> => {
  for await (const item of format.of(t.unknown).readFrom?.(file) ?? []) {
    if (item._tag === 'Reject') continue
    // a column with nothing in it says as little as none
    const said = Object.entries(item.value as object).filter(([, value]) => value !== null)
    const kind = RecordKind.detect(Object.fromEntries(said))
    return kind._tag === 'Right' ? kind.right : undefined
  }
  return undefined
}
