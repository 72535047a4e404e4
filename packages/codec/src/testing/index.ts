export * as Arbitrary from './Arbitrary.ts'
export * as laws from './laws.ts'
