import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { inFolder, writeArchive } from '../archiveFile.ts'
import { median } from '../interleave.ts'
import { type Command, type Cost, costOf, duckdb, finetune } from '../process.ts'
import type { Row } from '../Row.ts'

const most = Number(process.env['FINETUNE_KIT_RUNS'] ?? 1_000_000)
const counts = [most / 10, most / 2, most].map(Math.round)

const rounds = 5

/** The number of ways that are ours. */
const own = 3

type Way = readonly [name: string, command: Command]

/** Ways to read the archive of a folder, in an order in which each finds its input. */
const ways = (folder: string): ReadonlyArray<Way> => {
  const file = (name: string) => join(folder, name)
  return [
    ['validate', finetune('validate', file('runs.ndjson'))],
    ['to Parquet', finetune('convert', file('runs.ndjson'), file('runs.parquet'))],
    ['to NDJSON', finetune('convert', file('runs.parquet'), file('back.ndjson'))],
    [
      'DuckDB to Parquet',
      duckdb(
        `copy (from read_ndjson('${file('runs.ndjson')}')) to '${file('duckdb.parquet')}' (format parquet, compression zstd)`,
      ),
    ],
    [
      'DuckDB to NDJSON',
      duckdb(`copy (from '${file('duckdb.parquet')}') to '${file('duckdb.ndjson')}' (format json)`),
    ],
  ]
}

/**
 * Median costs of each way with the archive of each folder: folders in turn, as a machine's speed
 * changes.
 */
const costsOf = (folders: ReadonlyArray<string>): ReadonlyArray<readonly [string, ReadonlyArray<Cost>]> => {
  const sizes = folders.map(ways)
  return ways('').map(([way], i) => {
    const measured = sizes.map(commands => ({
      command: (commands[i] as Way)[1],
      costs: [] as Array<Cost>,
    }))
    for (let round = 0; round < rounds; round++)
      for (const { command, costs } of round % 2 === 0 ? measured : measured.toReversed())
        costs.push(costOf(command))
    return [way, measured.map(({ costs }) => medianCost(costs))]
  })
}

const medianCost = (costs: ReadonlyArray<Cost>): Cost => ({
  cpu: median(costs.map(({ cpu }) => cpu)),
  ms: median(costs.map(({ ms }) => ms)),
  mb: median(costs.map(({ mb }) => mb)),
})

/** A folder in this one with an archive of so many runs. */
const archiveOf = (folder: string, count: number): string => {
  const each = join(folder, String(count))
  mkdirSync(each)
  writeArchive(count, join(each, 'runs.ndjson'))
  return each
}

/** Throws if the records that went to Parquet and back have other digests. */
const compare = (folder: string): void => {
  const [before, after] = ['runs.ndjson', 'back.ndjson'].map(name => digestsOf(join(folder, name)))
  if (before !== after) throw new Error(`other digests after the runs of ${folder} went to Parquet and back`)
}

/** The digest of the digests of all records in a file. */
const digestsOf = (path: string): string => {
  const [name, ...args] = finetune('hash', path)
  const hash = `"$@" | cut -d ' ' -f 1 | sha256sum`
  const { status, stdout } = spawnSync('bash', ['-o', 'pipefail', '-c', hash, 'bash', name, ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`finetune hash ended with ${status}`)
  return stdout
}

/** Between the fewest runs and half of the most, and from there on: µs a record. */
const marginal = (cpu: ReadonlyArray<number>): ReadonlyArray<number> =>
  cpu.slice(1).map((seconds, i) => {
    const more = (counts[i + 1] as number) - (counts[i] as number)
    return ((seconds - (cpu[i] as number)) / more) * 1e6
  })

export const growthRow: Row = {
  name: 'growth',
  title: `archives of ${counts.join(', ')} runs, whole processes; takes minutes; FINETUNE_KIT_RUNS=N for at most N (first: pnpm build)`,
  run: () => {
    const costs = inFolder(folder => {
      const folders = counts.map(count => archiveOf(folder, count))
      const all = costsOf(folders)
      folders.forEach(compare)
      return all
    })
    const rows = costs.map(([way, [few, some, many]]) => {
      const cpu = [few, some, many].map(cost => (cost as Cost).cpu)
      return {
        way,
        cpu,
        mb: many?.mb as number,
        seconds: (many?.ms as number) / 1000,
        marginal: marginal(cpu),
        growth: (many?.mb as number) / (some?.mb as number),
      }
    })
    const ours = rows.slice(0, own)
    return {
      figures: rows.map(({ way, cpu, mb, seconds, marginal: each }) => [
        way,
        `${cpu.map(seconds => seconds.toFixed(1)).join(', ')} s of CPU, ${each.map(us => us.toFixed(1)).join(' and ')} µs for one more, ${seconds.toFixed(1)} s, ${mb.toFixed(0)} MB`,
      ]),
      goals: [
        ...ours.map(({ way, marginal: [early, late] }) => ({
          what: `${way}: one more record, late of early`,
          measured: (late as number) / (early as number),
          target: 1.1,
          atMost: true,
        })),
        ...ours.map(({ way, growth }) => ({
          what: `${way}: memory, of half the records`,
          measured: growth,
          target: 1.1,
          atMost: true,
        })),
      ],
      note: 'medians; seconds and MB are those of the most runs; every digest is the same after Parquet and back',
    }
  },
}
