import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { median } from '../interleave.ts'
import { archive, type Cost, finetune, inFolder } from '../program.ts'
import type { Row } from '../Row.ts'

const count = 150_000
const rounds = 5

const ms = (costs: ReadonlyArray<Cost>) => median(costs.map(cost => cost.ms))
const mb = (costs: ReadonlyArray<Cost>) => Math.max(...costs.map(cost => cost.mb))

export const jobsRow: Row = {
  name: 'jobs',
  title: `finetune convert --jobs, NDJSON of ${count} runs to NDJSON, whole processes (first: pnpm build)`,
  run: () =>
    inFolder(folder => {
      const [from, to] = [join(folder, 'runs.ndjson'), join(folder, 'copy.ndjson')]
      archive(count, from)
      const convert = (jobs: number): Cost => finetune('convert', '--jobs', String(jobs), from, to)
      const one: Array<Cost> = []
      const two: Array<Cost> = []
      const turns = [() => one.push(convert(1)), () => two.push(convert(2))]
      for (let round = 0; round < rounds; round++)
        for (const turn of round % 2 === 0 ? turns : turns.toReversed()) turn()
      return {
        figures: [
          ['--jobs 2', `${ms(two).toFixed(0)} ms, ${mb(two).toFixed(0)} MB`],
          ['--jobs 1', `${ms(one).toFixed(0)} ms, ${mb(one).toFixed(0)} MB`],
        ],
        goals: [
          {
            what: '--jobs 2, of --jobs 1',
            measured: median(one.map((cost, i) => cost.ms / (two[i] as Cost).ms)),
            target: 1.6,
          },
          { what: 'memory of --jobs 2', measured: mb(two), unit: 'MB', target: 150, atMost: true },
        ],
        note: `it says something only where two processors are free; this machine has ${availableParallelism()}`,
      }
    }),
}
