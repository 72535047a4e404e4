export { CreateFineTuneRequest } from './CreateFineTuneRequest.ts'
export { createdAtOf } from './createdAtOf.ts'
export { Curve, CurvePoint } from './Curve.ts'
export { curvesOf, joinCurves } from './curvesOf.ts'
export { ErrorResponse } from './ErrorResponse.ts'
export * as EventMessage from './EventMessage.ts'
export { FineTune } from './FineTune.ts'
export { EventLevel, FineTuneEvent } from './FineTuneEvent.ts'
export { FineTuneHyperparams, FineTuneHyperparamsSnapshot } from './FineTuneHyperparams.ts'
export { FineTuneSnapshot } from './FineTuneSnapshot.ts'
export * as Comparable from './Comparable.ts'
export type { OrNull, SnapshotC } from './snapshotOf.ts'
export { hasStatus, type KnownWord } from './hasStatus.ts'
export { Model, ModelDeleted } from './Model.ts'
export { FineTuneStatus, isLaterStatus, isTerminalStatus } from './FineTuneStatus.ts'
export { lint } from './lint.ts'
export { lintRecord } from './lintRecord.ts'
export type { Warning } from './Warning.ts'
export { goalOf } from './metricNames.ts'
export {
  ListFineTuneEventsResponse,
  ListFineTuneSnapshotsResponse,
  ListFineTunesResponse,
  ListOf,
} from './ListOf.ts'
export { Observation, observe, type Sighting } from './Observation.ts'
export { FileDeleted, FilePurpose, OpenAIFile, OpenAIFileSnapshot } from './OpenAIFile.ts'
export { type Count, type Progress, progressOf } from './progressOf.ts'
export { eventsOf } from './run/eventsOf.ts'
export { hasEnded, type Phase } from './run/Phase.ts'
export type { LogEntry } from './run/RunLog.ts'
export {
  type Family,
  resultFileIds,
  type Run,
  type RunError,
  type RunEvent,
  type RunResources,
} from './run/Run.ts'
export { ResultFile } from './ResultFile.ts'
export { RunAnnotation } from './RunAnnotation.ts'
export {
  RunSummary,
  type SummaryGroup,
  type SummaryHighlight,
  summaryGroups,
  summaryHighlights,
  summaryOf,
} from './RunSummary.ts'
export { type StepTime, stepTimesOf } from './stepTimesOf.ts'
export { type Dialect, dialects, WatchRecord, type WatchState, watchStates } from './WatchRecord.ts'
export { UnixSeconds } from './UnixSeconds.ts'
export type { Conversion, ConversionNote } from './Conversion.ts'
export { CreateFineTuningJobRequest } from './job/CreateFineTuningJobRequest.ts'
export {
  FineTuningHyperparameters,
  FineTuningHyperparametersSnapshot,
} from './job/FineTuningHyperparameters.ts'
export { FineTuningIntegration, FineTuningIntegrationSnapshot } from './job/FineTuningIntegration.ts'
export { FineTuningJob } from './job/FineTuningJob.ts'
export { FineTuningJobCheckpoint, FineTuningJobCheckpointSnapshot } from './job/FineTuningJobCheckpoint.ts'
export { FineTuningJobError, FineTuningJobErrorSnapshot } from './job/FineTuningJobError.ts'
export { FineTuningJobEvent, FineTuningJobEventSnapshot } from './job/FineTuningJobEvent.ts'
export { FineTuningJobStatus } from './job/FineTuningJobStatus.ts'
export { FineTuningJobSnapshot } from './job/FineTuningJobSnapshot.ts'
export { FineTuningMethod } from './job/FineTuningMethod.ts'
export { FineTuningMethodSnapshot } from './job/FineTuningMethodSnapshot.ts'
export { Grader, MultiGrader } from './job/Grader.ts'
export { GraderSnapshot } from './job/GraderSnapshot.ts'
export {
  LabelModelGrader,
  PythonGrader,
  ScoreModelGrader,
  StringCheckGrader,
  TextSimilarityGrader,
} from './job/singleGraders.ts'
export {
  CheckpointPermission,
  CheckpointPermissionDeleted,
  CreateCheckpointPermissionRequest,
} from './job/CheckpointPermission.ts'
export {
  FineTuningWebhookEvent,
  FineTuningWebhookEventSnapshot,
  OtherWebhookEvent,
} from './job/WebhookEvent.ts'
export {
  ListCheckpointPermissionsParameters,
  ListFilesParameters,
  ListFineTuningJobsParameters,
  ListPageParameters,
} from './job/listParameters.ts'
export {
  ListCheckpointPermissionsResponse,
  ListCheckpointPermissionsResponseSnapshot,
  ListFilesResponse,
  ListFineTuningJobCheckpointSnapshotsResponse,
  ListFineTuningJobCheckpointsResponse,
  ListFineTuningJobEventSnapshotsResponse,
  ListFineTuningJobEventsResponse,
  ListFineTuningJobSnapshotsResponse,
  ListModelsResponse,
  ListPaginatedFineTuningJobsResponse,
  PageOf,
} from './job/PageOf.ts'
export { runRefOf, type RunRef } from './runRefOf.ts'
export { toFineTune } from './job/toFineTune.ts'
export { toFineTuningJob } from './job/toFineTuningJob.ts'
export { AzureFineTune, AzureFineTuneStatus } from './azure/AzureFineTune.ts'
export { fromAzure } from './azure/fromAzure.ts'
export * as RecordKind from './RecordKind.ts'
export * as RecordOrder from './RecordOrder.ts'
