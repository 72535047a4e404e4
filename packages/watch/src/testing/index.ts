export { type Fault, passingFaults } from './Fault.ts'
export * as FakeService from './FakeService.ts'
export type { Life } from './Life.ts'
