export { type Outcome, type Plan, plans } from './Plan.ts'
export { type Random, seeded } from './Random.ts'
export { simulateRuns } from './simulateRuns.ts'
export { toNdjson } from './toNdjson.ts'
