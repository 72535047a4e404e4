export { type Answer, type Block, serve } from './serve.ts'
export { type Stretch, stretchesOf, written } from './Stretch.ts'
export { type Tally, tally } from './Tally.ts'
