export { anyKindCodec, isObservation } from '../anyKindCodec.ts'
export { type DetectedInput, detectInput } from './detectInput.ts'
export { detectKind, type KindDetector, kindDetector } from './kindDetector.ts'
