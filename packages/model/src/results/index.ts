export * as ResultMetrics from './ResultMetrics.ts'
