import type { Format, ReaderOptions } from '@finetune-kit/serialization'
import * as Context from 'effect/Context'

/** The limits of every input that is opened. Default: those of the readers. */
export const ReadLimits = Context.Reference<ReaderOptions>('finetune-kit/ReadLimits', {
  defaultValue: () => ({}),
})

/** The format, whose readers have these limits unless they get others. */
export const withLimits = (format: Format, limits: ReaderOptions): Format =>
  Object.keys(limits).length === 0
    ? format
    : {
        ...format,
        of: codec => {
          const records = format.of(codec)
          const { readFrom } = records
          return {
            ...records,
            reader: options => records.reader({ ...limits, ...options }),
            ...(readFrom && { readFrom: (file, options) => readFrom(file, { ...limits, ...options }) }),
          }
        },
      }
