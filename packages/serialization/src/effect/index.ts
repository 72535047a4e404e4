export * as Compression from './Compression.ts'
export { damageReject } from './decompress/damageError.ts'
export type { Damage } from './decompress/Decompressor.ts'
export {
  type CompressionDamage,
  drawFileError,
  type FileError,
  fileError,
  fromNodeError,
} from './FileError.ts'
export { nameTogether, readFile, writeFile, writeFiles } from './files.ts'
export { flattenLazily } from './flattenLazily.ts'
export { fromEither } from './fromEither.ts'
export { inAsyncBatches, inBatches } from './inBatches.ts'
export { inWorkers, type WorkerError } from './inWorkers.ts'
export { type LineTooLongError, lineBlocks } from './lineBlocks.ts'
export { openDescriptor } from './openDescriptor.ts'
export { openFile, randomAccess } from './openFile.ts'
export type { BadRecord, BadRecordPolicy, UnencodableRecord } from './BadRecordPolicy.ts'
export {
  type ReadOptions,
  readRecords,
  readRows,
  type WriteOptions,
  writeRecords,
} from './records.ts'
export { noReader, readResults } from './readResults.ts'
export { readTables, writeTables, type WriteTablesOptions } from './tables.ts'
export { type Tally, tally } from './Tally.ts'
export type { Answer, Block } from './serveBlocks.ts'
export { type Batch, batchResults } from './Batch.ts'
export { applyPolicy } from './applyPolicy.ts'
