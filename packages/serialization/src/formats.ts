import { avroFacts } from './avro/facts.ts'
import { Csv } from './csv/Csv.ts'
import type { Format, LazyFormat } from './Format.ts'
import { CanonicalJson } from './json/CanonicalJson.ts'
import { EventStream } from './json/EventStream.ts'
import { Json } from './json/Json.ts'
import { Ndjson } from './json/Ndjson.ts'
import { messagePackFacts } from './messagepack/facts.ts'
import { parquetFacts } from './parquet/facts.ts'
import { yamlFacts } from './yaml/facts.ts'

const loaded = (format: Format): LazyFormat => ({ ...format, load: async () => format })

/**
 * Every format, by its facts. Command lines, pages and laws go through this list: a format added
 * here is in all of them.
 */
export const formats: ReadonlyArray<LazyFormat> = [
  loaded(Json),
  loaded(CanonicalJson),
  { ...messagePackFacts, load: async () => (await import('./messagepack/MessagePack.ts')).MessagePack },
  { ...avroFacts, load: async () => (await import('./avro/Avro.ts')).Avro },
  { ...yamlFacts, load: async () => (await import('./yaml/Yaml.ts')).Yaml },
  loaded(Ndjson),
  loaded(EventStream),
  loaded(Csv),
  { ...parquetFacts, load: async () => (await import('./parquet/Parquet.ts')).Parquet },
]

/**
 * The format of this name, in any spelling (`ndjson`, `event-stream`), or with this extension.
 *
 * @example
 * formatByName('event-stream')?.mediaType // => 'text/event-stream'
 * formatByName('.jsonl')?.name // => 'NDJSON'
 */
export const formatByName = (name: string): LazyFormat | undefined =>
  formats.find(
    format => format.extensions.includes(name.toLowerCase()) || normalize(format.name) === normalize(name),
  )

const normalize = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
