/**
 * Compares compiled codecs with io-ts on random codecs and values; fails on the first difference:
 * `node --conditions=@finetune-kit/source tooling/bench/src/agreement.ts --cases 1000000 --seed 1`.
 */
import { parseArgs } from 'node:util'
import { agreement } from '../../../packages/codec/test/agreement/agreement.ts'

const { values } = parseArgs({ options: { cases: { type: 'string' }, seed: { type: 'string' } } })
const { differences, ...counts } = agreement(Number(values.cases ?? 1_000_000), Number(values.seed ?? 1))
console.log({ ...counts, differences: differences.length })
for (const difference of differences.slice(0, 20)) console.error(difference)
process.exitCode = differences.length === 0 ? 0 : 1
