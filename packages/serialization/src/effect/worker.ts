export { type Answer, type Block, serveBlocks } from './serveBlocks.ts'
export { concatBatches, type Batch, batchResults, encodeBatch, encodeEach } from './Batch.ts'
export { type Tally, tally } from './Tally.ts'
