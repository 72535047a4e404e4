import { join } from 'node:path'
import { observationsOf, simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { type Observation, observe } from '@finetune-kit/model'
import { median } from '../interleave.ts'
import { insertRows, insertTexts, insertTextsByLayer, tablesOf } from '../peers/bareTables.ts'
import { imported, inFolder } from '../peers/storing.ts'
import type { Row } from '../Row.ts'

const seeds = 120

const rounds = 15

/** The snapshots of the lives of fine-tunes, and all that was seen of jobs. */
const lives = (): ReadonlyArray<Observation> =>
  Array.from({ length: seeds }, (_, seed) => [
    ...observationsOf(simulateJobs(seed + 1)),
    ...simulateRuns(seed + 1).map(record =>
      observe({ seenAt: record.updated_at, source: `seed ${seed}`, runId: record.id })(record),
    ),
  ]).flat()

/** CPU of each contestant, round by round, in rotating order. */
const measured = async (
  contestants: ReadonlyArray<readonly [name: string, run: (file: string) => number | Promise<number>]>,
  folder: string,
): Promise<ReadonlyMap<string, ReadonlyArray<number>>> => {
  const costs = new Map(contestants.map(([name]) => [name, [] as Array<number>]))
  for (let round = 0; round < rounds; round++)
    for (let i = 0; i < contestants.length; i++) {
      const [name, run] = contestants[(i + round) % contestants.length] as (typeof contestants)[number]
      costs.get(name)?.push(await run(join(folder, `${round}-${i}.db`)))
    }
  return costs
}

export const importRow: Row = {
  name: 'store-import',
  title: 'import into SQLite, CPU: the same texts inserted into a bare table by the same SQL layer = 1',
  run: () =>
    inFolder(async folder => {
      const texts = lives().map(value => JSON.stringify(value))
      const first = join(folder, 'first.db')
      await imported(first, texts)
      const tables = tablesOf(first)
      const costs = await measured(
        [
          ['bare table', file => insertTextsByLayer(file, texts)],
          ['bare table, no layer', file => insertTexts(file, texts)],
          ['by hand', file => insertRows(file, texts, tables)],
          ['store', file => imported(file, texts)],
        ],
        folder,
      )
      const of = (name: string) => costs.get(name) as ReadonlyArray<number>
      const ratio = (base: string) => median(of('store').map((cost, i) => cost / (of(base)[i] as number)))
      const perSecond = (name: string) => texts.length / median(of(name))
      return {
        figures: [
          ['records', String(texts.length)],
          ...[...costs.keys()].map(name => [name, `${Math.round(perSecond(name))} a CPU second`] as const),
        ],
        goals: [
          { what: 'CPU of an import', measured: ratio('bare table'), target: 2.5, atMost: true },
          { what: 'CPU of the same work by hand', measured: ratio('by hand'), target: 1.3, atMost: true },
          { what: 'records a CPU second', measured: perSecond('store'), unit: '', target: 10_000 },
        ],
        note: `By hand each record is parsed and checked, its digests, deltas and summaries are computed, and the
  rows of a store inserted. Without the layer a bare table takes 1 / ${ratio('bare table, no layer').toFixed(1)} of an import.`,
      }
    }),
}
