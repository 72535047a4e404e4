export { CanonicalJson } from './CanonicalJson.ts'
export { Csv } from './Csv.ts'
export { CsvTables, type Tables, type TablesReader, type TablesWriter } from './CsvTables.ts'
export { Avro } from './Avro.ts'
export { DeadLetter, toDeadLetter } from './DeadLetter.ts'
export { decodeAll } from './decodeAll.ts'
export type { Compression } from './Compression.ts'
export { type Detected, detect } from './detect.ts'
export { encodeAll } from './encodeAll.ts'
export type {
  ReadRecord,
  RandomAccessFile,
  Format,
  ReadResult,
  RecordPosition,
  Reader,
  ReaderOptions,
  RecordFormat,
  Reject,
  Value,
  ValueFormat,
  Writer,
  WriterOptions,
} from './Format.ts'
export { EventStream } from './EventStream.ts'
export { formatByName, formats, valueFormats } from './formats.ts'
export { Json } from './Json.ts'
export { MessagePack } from './MessagePack.ts'
export { Ndjson } from './Ndjson.ts'
export { Parquet, type ParquetOptions, type ParquetRecords } from './Parquet.ts'
export { positionAt } from './positions.ts'
export { Yaml } from './Yaml.ts'
