import { escapeUnprintable, JsonSchema } from '@finetune-kit/codec'
import { didYouMean } from '@finetune-kit/codec/compile'
import { RecordKind } from '@finetune-kit/model'
import { SqlTable } from '@finetune-kit/serialization'
import * as Argument from 'effect/cli/Argument'
import * as Command from 'effect/cli/Command'
import * as Flag from 'effect/cli/Flag'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { cliError } from '../CliError.ts'
import { print } from '../Io.ts'
import { json } from './readValue.ts'

const names = RecordKind.all.map(({ name }) => name)

/** The schema languages, by the names that `--format` takes. Avro and Parquet load when asked for. */
const languages = {
  'json-schema': async (codec: t.Mixed) => json(JsonSchema.of(codec)),
  avro: async (codec: t.Mixed) =>
    json((await import('@finetune-kit/serialization/avro')).AvroSchema.of(codec)),
  parquet: async (codec: t.Mixed) =>
    (await import('@finetune-kit/serialization/parquet')).ParquetSchema.of(codec),
  sql: async (codec: t.Mixed, kind: string) => SqlTable.of(codec)(`${kind.replaceAll('-', '_')}s`),
} as const

/** Names the kinds that are like a word, as job is like jobs: all of them would fill the screen. */
const remedy = (word: string): string => {
  const parts = names.filter(name => word.length > 2 && (name.includes(word) || word.includes(name)))
  const alike = parts.length > 0 ? parts.slice(0, 5) : [didYouMean(word, names) ?? []].flat()
  const all = 'finetune schema --help has all kinds'
  return alike.length === 0 ? `Pass another: ${all}.` : `Pass ${alike.join(' or ')}: ${all}.`
}

/** `finetune schema KIND` */
export const schema = Command.make(
  'schema',
  {
    kind: Argument.String('kind').pipe(Argument.withDescription(`A kind of record: ${names.join(', ')}`)),
    format: Flag.Literals('format', ['json-schema', 'avro', 'parquet', 'sql']).pipe(
      Flag.withMetavar('FORMAT'),
      Flag.withDefault('json-schema' as const),
      Flag.withDescription(
        'The language of the schema. Default: json-schema. sql is a CREATE TABLE with the columns of the CSV',
      ),
    ),
    contract: Flag.Boolean('contract').pipe(
      Flag.withDefault(false),
      Flag.withDescription('The record as the API documents it, instead of all that was seen'),
    ),
  },
  Effect.fnUntraced(function* ({ kind, format, contract }) {
    const found = RecordKind.byName(kind)
    if (found === undefined)
      return yield* Effect.fail(
        cliError(`${escapeUnprintable(kind, 60)}: no such kind of record. ${remedy(kind)}`),
      )
    const codec = contract ? found.contract : found.codec
    return yield* print(yield* Effect.promise(() => languages[format](codec, found.name)))
  }),
).pipe(
  Command.withDescription(
    'Prints the schema of a kind of record: JSON Schema, Avro, Parquet or SQL. ' +
      'Exit code: 0, 2 if there is no such kind.',
  ),
  Command.withShortDescription('Print the schema of a kind of record'),
  Command.withExamples([
    { command: 'finetune schema job > job.schema.json' },
    { command: 'finetune schema job --format sql | duckdb jobs.duckdb' },
  ]),
)
