import { RecordKind } from '@finetune-kit/model'
import type * as t from 'io-ts'
import * as View from './View.ts'

/** The derived view of one kind of records. */
export interface RecordConfig {
  readonly codec: t.Mixed
  /** The codec of the documentation. */
  readonly contract: t.Mixed
  readonly fields: ReadonlyArray<View.Field>
}

const configs = new Map<string, RecordConfig>()

/** The view of the kind with this name. */
export const configOf = (name: string): RecordConfig | undefined => {
  const known = configs.get(name)
  if (known !== undefined) return known
  const kind = RecordKind.byName(name)
  if (kind === undefined) return undefined
  const config = { codec: kind.codec, contract: kind.contract, fields: View.of(kind.codec) }
  configs.set(name, config)
  return config
}

/** The view of the kind that a record is detected to be. */
export const configFor = (record: unknown): RecordConfig | undefined => {
  const kind = RecordKind.detect(record)
  return kind._tag === 'Right' ? configOf(kind.right.name) : undefined
}
