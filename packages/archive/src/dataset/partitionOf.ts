import { createdAtOf, type RecordKind } from '@finetune-kit/model'

/**
 * The folder of a record in a dataset, by its kind and the UTC month in which it was created:
 * `kind=job/year=2026/month=05`. A record without a time is where Hive keeps rows without a value.
 *
 * Source: Apache Hive, Language Manual, "Partitioned Tables", "Dynamic Partition Inserts".
 */
export const partitionOf = ({ name }: Pick<RecordKind.RecordKind, 'name'>, record: unknown): string => {
  const date = new Date((createdAtOf(record) ?? Number.NaN) * 1000)
  const isDate = !Number.isNaN(date.getTime())
  const year = isDate ? String(date.getUTCFullYear()).padStart(4, '0') : none
  const month = isDate ? String(date.getUTCMonth() + 1).padStart(2, '0') : none
  return `kind=${name}/year=${year}/month=${month}`
}

const none = '__HIVE_DEFAULT_PARTITION__'
