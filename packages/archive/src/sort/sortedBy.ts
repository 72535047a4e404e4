import type { RecordOrder } from '@finetune-kit/model'
import type { WriterOptions } from '@finetune-kit/serialization'
import type * as t from 'io-ts'

/** The option of a writer of a codec's records that states their order, if there is one. */
export const sortedBy = (
  order: RecordOrder.RecordOrder | undefined,
  codec: t.Any,
): Pick<WriterOptions, 'sortedBy'> => {
  const key = order?.fieldOf(codec)
  return key === undefined ? {} : { sortedBy: key }
}
