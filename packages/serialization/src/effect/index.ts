export * as Compression from './Compression.ts'
export type { FileTrouble } from './FileTrouble.ts'
export { readFile, writeFile, writeFiles } from './files.ts'
export { fromEither } from './fromEither.ts'
export { inWorkers, type WorkerTrouble } from './inWorkers.ts'
export { type LineTooLong, lineBlocks } from './lineBlocks.ts'
export { openFile } from './openFile.ts'
export type { Bad, Policy, Unwritable } from './Policy.ts'
export {
  type ReadOptions,
  readRecords,
  readRows,
  type WriteOptions,
  writeRecords,
} from './records.ts'
export { readTables, writeTables, type WriteTablesOptions } from './tables.ts'
export { type Tally, tally } from './Tally.ts'
export type { Answer, Block } from './serve.ts'
export type { Stretch } from './Stretch.ts'
export { underPolicy } from './underPolicy.ts'
