export type { Fault } from './testing/Fault.ts'
