export { CreateFineTuneRequest } from './CreateFineTuneRequest.ts'
export { DeleteModelResponse } from './DeleteModelResponse.ts'
export { ErrorResponse } from './ErrorResponse.ts'
export * as EventMessage from './EventMessage.ts'
export { FineTune } from './FineTune.ts'
export { EventLevel, FineTuneEvent } from './FineTuneEvent.ts'
export { FineTuneHyperparams, FineTuneHyperparamsSnapshot } from './FineTuneHyperparams.ts'
export { FineTuneSnapshot } from './FineTuneSnapshot.ts'
export * as FineTuneStatus from './FineTuneStatus.ts'
export * as Lint from './Lint.ts'
export {
  ListFineTuneEventsResponse,
  ListFineTuneSnapshotsResponse,
  ListFineTunesResponse,
  ListOf,
} from './ListOf.ts'
export { OpenAIFile } from './OpenAIFile.ts'
export * as Progress from './Progress.ts'
export { UnixSeconds } from './UnixSeconds.ts'
