export { addToDataset, type DatasetOptions, type DatasetReport } from './dataset/addToDataset.ts'
export { anyKindCodec, codecForInput, isObservation, type Reading, recordIn } from './anyKindCodec.ts'
export { type DataFile, describeDataFile } from './detect/DataFile.ts'
export {
  type Input,
  type InputProgress,
  type InputSource,
  type KnownInput,
  openContent,
  openInput,
  sizeOf,
} from './Input.ts'
export { observations, type ObservationOptions } from './observations.ts'
export { listFiles } from './listFiles.ts'
export { inputName, stdin } from './inputName.ts'
export { readBatches, readWhole, type TakeNotes } from './readBatches.ts'
export { type RejectReport, rejectReport } from './RejectReport.ts'
export { ReadLimits } from './ReadLimits.ts'
export { sortedBy } from './sort/sortedBy.ts'
export { sortRecords, type SortOptions } from './sort/sortRecords.ts'
export * as RunArchive from './RunArchive.ts'
export { type ArchiveContent, type ArchivedRun, type RunRecords, runRecords } from './runRecords.ts'
export { snapshotTime } from './snapshotTime.ts'
