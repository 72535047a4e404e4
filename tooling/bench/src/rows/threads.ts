import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { median } from '../interleave.ts'
import { inFolder, writeArchive } from '../archiveFile.ts'
import { type Cost, costOf, finetune } from '../process.ts'
import type { Row } from '../Row.ts'

const count = 150_000
const rounds = 5

const ms = (costs: ReadonlyArray<Cost>) => median(costs.map(cost => cost.ms))
const mb = (costs: ReadonlyArray<Cost>) => Math.max(...costs.map(cost => cost.mb))

export const threadsRow: Row = {
  name: 'threads',
  title: `finetune convert --threads, NDJSON of ${count} runs to NDJSON, whole processes (first: pnpm build)`,
  run: () =>
    inFolder(folder => {
      const [from, to] = [join(folder, 'runs.ndjson'), join(folder, 'copy.ndjson')]
      writeArchive(count, from)
      const convert = (threads: number): Cost =>
        costOf(finetune('convert', '--threads', String(threads), from, to))
      const one: Array<Cost> = []
      const two: Array<Cost> = []
      const turns = [() => one.push(convert(1)), () => two.push(convert(2))]
      for (let round = 0; round < rounds; round++)
        for (const turn of round % 2 === 0 ? turns : turns.toReversed()) turn()
      return {
        figures: [
          ['--threads 2', `${ms(two).toFixed(0)} ms, ${mb(two).toFixed(0)} MB`],
          ['--threads 1', `${ms(one).toFixed(0)} ms, ${mb(one).toFixed(0)} MB`],
        ],
        goals: [
          {
            what: '--threads 2, of --threads 1',
            measured: median(one.map((cost, i) => cost.ms / (two[i] as Cost).ms)),
            target: 1.6,
          },
          { what: 'memory of --threads 2', measured: mb(two), unit: 'MB', target: 250, atMost: true },
        ],
        note: `it says something only where two processors are free; this machine has ${availableParallelism()}`,
      }
    }),
}
