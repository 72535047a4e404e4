import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { inFolder, writeArchive } from '../archiveFile.ts'
import { costOf, duckdb, finetune } from '../process.ts'
import type { Row } from '../Row.ts'

const most = Number(process.env['FINETUNE_KIT_RUNS'] ?? 1_000_000)
const counts = [most / 10, most / 2, most].map(Math.round)

const ways = ['validate', 'to Parquet', 'to NDJSON', 'DuckDB to Parquet', 'DuckDB to NDJSON'] as const

/** The number of ways that are ours. */
const own = 3

/** CPU and memory of each way with an archive of so many runs. */
const costs = (count: number) =>
  inFolder(folder => {
    const file = (name: string) => join(folder, name)
    writeArchive(count, file('runs.ndjson'))
    const all = [
      finetune('validate', file('runs.ndjson')),
      finetune('convert', file('runs.ndjson'), file('runs.parquet')),
      finetune('convert', file('runs.parquet'), file('back.ndjson')),
      duckdb(
        `copy (from read_ndjson('${file('runs.ndjson')}')) to '${file('duckdb.parquet')}' (format parquet, compression zstd)`,
      ),
      duckdb(`copy (from '${file('duckdb.parquet')}') to '${file('duckdb.ndjson')}' (format json)`),
    ].map(command => costOf(command))
    const [before, after] = ['runs.ndjson', 'back.ndjson'].map(name => digestsOf(file(name)))
    if (before !== after) throw new Error(`other digests after ${count} runs went to Parquet and back`)
    return all
  })

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
    const all = counts.map(costs)
    const rows = ways.map((way, i) => {
      const [few, some, many] = all.map(sizes => sizes[i] as (typeof sizes)[number])
      const cpu = [few, some, many].map(cost => (cost as { readonly cpu: number }).cpu)
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
      note: 'seconds and MB are those of the most runs; every digest is the same after Parquet and back',
    }
  },
}
