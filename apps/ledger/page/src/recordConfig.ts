import { type Progress, progressOf, RecordKind, type Run, type RunResources } from '@finetune-kit/model'
import type { RunSummary } from '@finetune-kit/model'
import type * as t from 'io-ts'
import { RunRow } from '../../src/api/old.ts'
import * as Column from './Column.ts'
import * as View from './View.ts'

/** The derived view of one kind of records. */
export interface RecordConfig {
  readonly codec: t.Mixed
  readonly fields: ReadonlyArray<View.Field>
  /** The columns that hold a state: a word of an open enumeration. */
  readonly states: ReadonlyArray<Column.Column>
}

const configs = new Map<string, RecordConfig>()

/** The view of the kind with this name. */
export const configOf = (name: string): RecordConfig | undefined => {
  const known = configs.get(name)
  if (known !== undefined) return known
  const kind = RecordKind.all.find(kind => kind.name === name)
  if (kind === undefined) return undefined
  const fields = View.of(kind.codec)
  const states = Column.of(fields).filter(
    ({ path, view }) => path.length === 1 && view.kind === 'text' && view.known,
  )
  const config = { codec: kind.codec, fields, states }
  configs.set(name, config)
  return config
}

/** The view of the kind that a record is detected to be. */
export const configFor = (record: unknown): RecordConfig | undefined => {
  const kind = RecordKind.detect(record)
  return kind._tag === 'Right' ? configOf(kind.right.name) : undefined
}

/** The course of a run by a snapshot and the run's other records. */
export const progress = (snapshot: unknown, resources: RunResources = {}): Progress =>
  progressOf(snapshot as Run, resources)

/** A column of the table of runs: the first of these fields of a run that has a value. */
export interface RunColumn {
  readonly title: string
  readonly columns: ReadonlyArray<Column.Column>
}

type Field = keyof RunSummary

/** The columns that are always shown; every other field of a summary can be added. */
const useful: ReadonlyArray<readonly [string | undefined, ...ReadonlyArray<Field>]> = [
  [undefined, 'status'],
  ['Model', 'fine_tuned_model', 'suffix'],
  [undefined, 'base_model'],
  [undefined, 'method'],
  ['Length', 'epochs', 'steps'],
  ['Final loss', 'full_valid_loss', 'valid_loss', 'train_loss'],
  ['Cost or tokens', 'cost', 'trained_tokens'],
  [undefined, 'duration'],
  ['Created', 'created_at'],
]

const byKey = new Map(Column.of(View.of(RunRow)).map(column => [column.path[0] ?? '', column]))

const columnOf = (key: string): ReadonlyArray<Column.Column> => {
  const column = byKey.get(key)
  return column === undefined ? [] : [column]
}

export const usefulColumns: ReadonlyArray<RunColumn> = useful.map(([title, ...keys]) => {
  const columns = keys.flatMap(columnOf)
  return { title: title ?? columns[0]?.title ?? '', columns }
})

const shown = new Set<string>(['id', 'key', ...useful.flatMap(([, ...keys]) => keys)])

/** The columns that can be added to the table. */
export const otherColumns: ReadonlyArray<RunColumn> = [...byKey]
  .filter(([key]) => !shown.has(key))
  .map(([, column]) => ({ title: column.title, columns: [column] }))

/** The name of a column in a URL. */
export const sortKey = ({ columns }: RunColumn): string => columns.map(({ path }) => path[0]).join(',')
