import { Avro } from './avro/Avro.ts'
import { CanonicalJson } from './json/CanonicalJson.ts'
import { Csv } from './csv/Csv.ts'
import { EventStream } from './json/EventStream.ts'
import type { Format, ValueFormat } from './Format.ts'
import { Json } from './json/Json.ts'
import { MessagePack } from './messagepack/MessagePack.ts'
import { Ndjson } from './json/Ndjson.ts'
import { Parquet } from './parquet/Parquet.ts'
import { Yaml } from './yaml/Yaml.ts'

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
