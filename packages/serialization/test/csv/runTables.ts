import { annotate, draw, Integer, nullable, record } from '@finetune-kit/codec'
import { CsvTables, type ReadResult, type ReaderOptions } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { decodeTables } from '../decodeTables.ts'
import { bytes } from './csvText.ts'

export const Event = record('Event', { at: Integer }, { text: t.string })

const Run = annotate(
  record(
    'Run',
    { id: t.string, inner: record('Inner', { events: t.array(Event) }) },
    { files: nullable(t.array(Event)) },
  ),
  { identity: { key: 'id' } },
)

export const runs = CsvTables.of(Run)

export const textsOf = (tables: ReadonlyArray<Uint8Array>) =>
  tables.map(table => new TextDecoder('utf-8', { ignoreBOM: true }).decode(table))

const show = (item: ReadResult<unknown>) =>
  item._tag === 'Record'
    ? `${item.line}@${item.offset} ${JSON.stringify(item.value)}`
    : `${item.isFinal ? 'rest: ' : ''}${item.records === 0 ? `${item.table}:${item.line}@${item.offset}: ` : ''}${draw(item.error, table => `in.${table ?? 'csv'}`)}`

export const read = (texts: ReadonlyArray<string>, options?: ReaderOptions) =>
  decodeTables(runs, 3, options)(texts.map(bytes)).map(show)
