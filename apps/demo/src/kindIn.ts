import { Kind } from '@finetune-kit/model'
import type { FileBytes, Format } from '@finetune-kit/serialization'
import * as t from 'io-ts'

/** Whether a format is read from the end of a file, at the places that it needs. */
export const isReadInPlace = (format: Format): boolean => format.of(t.unknown).rows !== undefined

/** What the records of a file seem to be that is read at any place, by the first of them. */
export const kindIn = async (format: Format, file: FileBytes): Promise<Kind.Kind | undefined> => {
  for await (const item of format.of(t.unknown).rows?.(file) ?? []) {
    if (item._tag === 'Reject') continue
    // a column with nothing in it says as little as none
    const said = Object.entries(item.value as object).filter(([, value]) => value !== null)
    const kind = Kind.of(Object.fromEntries(said))
    return kind._tag === 'Right' ? kind.right : undefined
  }
  return undefined
}
