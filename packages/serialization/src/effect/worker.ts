export { type Answer, type Block, serve } from './serve.ts'
export { joiner, type Stretch, stretchesOf, written, writtenApart } from './Stretch.ts'
export { type Tally, tally } from './Tally.ts'
