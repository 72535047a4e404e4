import type { FineTune, OpenAIFile } from '@finetune-kit/model'
import { parquetMetadata, type SchemaElement } from 'hyparquet'

/** The columns of a file without those for unknown keys, which other writers do not have. */
export const schemaOf = (file: ArrayBuffer): Array<SchemaElement> =>
  parquetMetadata(file)
    .schema.filter(({ name }) => name !== '_unknown')
    .map(element => (isGroup(element) ? fewer(element) : element))

/** True if a group has a column for unknown keys: every group but a list and its repeated part. */
const isGroup = ({ name, num_children, converted_type }: SchemaElement): boolean =>
  num_children !== undefined && converted_type !== 'LIST' && name !== 'list'

const fewer = (group: SchemaElement): SchemaElement => ({
  ...group,
  num_children: (group.num_children ?? 0) - 1,
})

interface Column {
  readonly name: string
  readonly data: Array<unknown>
}

/** The records as columns, written by hand field by field, with bigints for 64-bit integers. */
export const columnsOf = (records: ReadonlyArray<FineTune>): Array<Column> => {
  const column = (name: keyof FineTune, value: (record: FineTune) => unknown): Column => ({
    name,
    data: records.map(value),
  })
  return [
    column('id', r => r.id),
    column('object', r => r.object),
    column('created_at', r => BigInt(r.created_at)),
    column('updated_at', r => BigInt(r.updated_at)),
    column('model', r => r.model),
    column('fine_tuned_model', r => r.fine_tuned_model),
    column('organization_id', r => r.organization_id),
    column('status', r => r.status),
    column('hyperparams', ({ hyperparams: h }) => ({
      ...h,
      n_epochs: BigInt(h.n_epochs),
      batch_size: BigInt(h.batch_size),
      classification_n_classes:
        h.classification_n_classes === undefined ? null : BigInt(h.classification_n_classes),
    })),
    column('training_files', r => r.training_files.map(fileOf)),
    column('validation_files', r => r.validation_files.map(fileOf)),
    column('result_files', r => r.result_files.map(fileOf)),
    column('events', r => r.events?.map(e => ({ ...e, created_at: BigInt(e.created_at) }))),
  ]
}

const fileOf = (file: OpenAIFile) => ({
  ...file,
  bytes: BigInt(file.bytes),
  created_at: BigInt(file.created_at),
})
