import { Avro } from './Avro.ts'
import { CanonicalJson } from './CanonicalJson.ts'
import { Csv } from './Csv.ts'
import { EventStream } from './EventStream.ts'
import type { Format, ValueFormat } from './Format.ts'
import { Json } from './Json.ts'
import { MessagePack } from './MessagePack.ts'
import { Ndjson } from './Ndjson.ts'
import { Parquet } from './Parquet.ts'
import { Yaml } from './Yaml.ts'

/** The formats in which one value can stand on its own. */
export const valueFormats: ReadonlyArray<ValueFormat<string> | ValueFormat<Uint8Array>> = [
  Json,
  CanonicalJson,
  MessagePack,
  Avro,
  Yaml,
]

/** Every format. Command lines, pages and laws go through this list: a format added here is in all of them. */
export const formats: ReadonlyArray<Format> = [...valueFormats, Ndjson, EventStream, Csv, Parquet]

/**
 * The format of this name, in any spelling of it (`ndjson`, `event-stream`), or with this extension.
 *
 * @example
 * formatByName('event-stream')?.mediaType // => 'text/event-stream'
 * formatByName('.jsonl')?.name // => 'NDJSON'
 */
export const formatByName = (name: string): Format | undefined =>
  formats.find(format => format.extensions.includes(name.toLowerCase()) || plain(format.name) === plain(name))

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
