export { CreateFineTuneRequest } from './CreateFineTuneRequest.ts'
export { Curve, CurvePoint } from './Curve.ts'
export { curvesOf } from './curvesOf.ts'
export { DeleteModelResponse } from './DeleteModelResponse.ts'
export { ErrorResponse } from './ErrorResponse.ts'
export * as EventMessage from './EventMessage.ts'
export { FineTune } from './FineTune.ts'
export { EventLevel, FineTuneEvent } from './FineTuneEvent.ts'
export { FineTuneHyperparams, FineTuneHyperparamsSnapshot } from './FineTuneHyperparams.ts'
export { FineTuneSnapshot } from './FineTuneSnapshot.ts'
export { FineTuneStatus, isLaterStatus, isTerminalStatus } from './FineTuneStatus.ts'
export { lint, type Warning } from './lint.ts'
export { goalOf } from './metricNames.ts'
export {
  ListFineTuneEventsResponse,
  ListFineTuneSnapshotsResponse,
  ListFineTunesResponse,
  ListOf,
} from './ListOf.ts'
export { Observation } from './Observation.ts'
export { OpenAIFile } from './OpenAIFile.ts'
export { type Count, type Progress, progressOf } from './progressOf.ts'
export type { Phase } from './run/Phase.ts'
export {
  baseModelOf,
  type Family,
  type Run,
  type RunError,
  type RunEvent,
  type RunResources,
} from './run/Run.ts'
export { RunSummary, summaryOf } from './RunSummary.ts'
export { UnixSeconds } from './UnixSeconds.ts'
export type { Conversion, ConversionNote } from './Conversion.ts'
export { CreateFineTuningJobRequest } from './job/CreateFineTuningJobRequest.ts'
export {
  FineTuningHyperparameters,
  FineTuningHyperparametersSnapshot,
  MethodHyperparameters,
} from './job/FineTuningHyperparameters.ts'
export { FineTuningIntegration } from './job/FineTuningIntegration.ts'
export { FineTuningJob } from './job/FineTuningJob.ts'
export { FineTuningJobCheckpoint } from './job/FineTuningJobCheckpoint.ts'
export { FineTuningJobError, FineTuningJobErrorSnapshot } from './job/FineTuningJobError.ts'
export { FineTuningJobEvent } from './job/FineTuningJobEvent.ts'
export { FineTuningJobStatus } from './job/FineTuningJobFields.ts'
export { FineTuningJobSnapshot } from './job/FineTuningJobSnapshot.ts'
export { FineTuningMethod } from './job/FineTuningMethod.ts'
export {
  ListFineTuningJobCheckpointsResponse,
  ListFineTuningJobEventsResponse,
  ListFineTuningJobSnapshotsResponse,
  ListPaginatedFineTuningJobsResponse,
  PageOf,
} from './job/PageOf.ts'
export { toFineTune } from './job/toFineTune.ts'
export { toFineTuningJob } from './job/toFineTuningJob.ts'
export { AzureFineTune, AzureFineTuneStatus } from './azure/AzureFineTune.ts'
export { fromAzure } from './azure/fromAzure.ts'
export * as RecordKind from './RecordKind.ts'
