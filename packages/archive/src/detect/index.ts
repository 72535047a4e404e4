export { anyKindCodec, isObservation, recordIn } from '../anyKindCodec.ts'
export { type DataFile, describeDataFile, isResultFile } from './DataFile.ts'
export { type DetectedInput, detectInput } from './detectInput.ts'
export { detectKind, type KindDetector, kindDetector } from './kindDetector.ts'
