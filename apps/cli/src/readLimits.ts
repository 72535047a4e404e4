import type { ReaderOptions } from '@finetune-kit/serialization'

/**
 * The limits that the environment sets: `FINETUNE_MAX_RECORD_MIB` is the largest record, a number
 * above 0.
 *
 * @example
 * readLimits({ FINETUNE_MAX_RECORD_MIB: '8' }) // => ({ maxRecordBytes: 8388608 })
 * readLimits({ FINETUNE_MAX_RECORD_MIB: 'much' }) // => ({})
 */
export const readLimits = ({ FINETUNE_MAX_RECORD_MIB: mib }: NodeJS.ProcessEnv): ReaderOptions =>
  Number(mib) > 0 ? { maxRecordBytes: Math.floor(Number(mib) * 2 ** 20) } : {}
