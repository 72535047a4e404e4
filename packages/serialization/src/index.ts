export { CanonicalJson } from './json/CanonicalJson.ts'
export { Csv } from './csv/Csv.ts'
export { CsvTables, type Tables, type TablesReader, type TablesWriter } from './csv/CsvTables.ts'
export { DeadLetter, toDeadLetter } from './DeadLetter.ts'
export { decodeAll } from './decodeAll.ts'
export type { Compression } from './Compression.ts'
export { type Detected, detect, isConclusive } from './detect.ts'
export { encodeAll } from './encodeAll.ts'
export { defaultLimits } from './Format.ts'
export type {
  ReadRecord,
  RandomAccessFile,
  Format,
  FormatFacts,
  LazyFormat,
  ReadResult,
  RecordPosition,
  Reader,
  ReaderOptions,
  RecordFormat,
  Reject,
  FormatOfValues,
  ValueFormat,
  Writer,
  WriterOptions,
} from './Format.ts'
export { EventStream } from './json/EventStream.ts'
export { formatByName, formats } from './formats.ts'
export { Json } from './json/Json.ts'
export { Ndjson } from './json/Ndjson.ts'
export { SqlTable } from './schema/SqlTable.ts'
