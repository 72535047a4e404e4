import { statSync } from 'node:fs'
import { join } from 'node:path'
import { inFolder, writeArchive } from '../archiveFile.ts'
import { median } from '../interleave.ts'
import { type Command, costOf, duckdb, finetune, isInstalled, node } from '../process.ts'
import type { Goal, Result, Row } from '../Row.ts'

const count = 100_000
const rounds = 3

/** Median CPU seconds of each command, which run in turn. */
const cpuOf = (commands: Readonly<Record<string, Command>>, repeats = 1): ReadonlyMap<string, number> => {
  const all = Object.entries(commands).map(([name, command]) => ({ name, command, cpu: [] as Array<number> }))
  for (let round = 0; round < rounds; round++)
    for (const { command, cpu } of round % 2 === 0 ? all : all.toReversed())
      cpu.push(costOf(command, repeats).cpu)
  return new Map(all.map(({ name, cpu }) => [name, median(cpu)]))
}

const figuresOf = (cpu: ReadonlyMap<string, number>): Result['figures'] =>
  [...cpu]
    .toSorted(([, a], [, b]) => a - b)
    .map(([name, seconds]) => [name, `${seconds.toFixed(3)} s of CPU`])

const ratio = (cpu: ReadonlyMap<string, number>, name: string, peer: string, target: number): Goal => ({
  what: `${name}, of ${peer}`,
  measured: (cpu.get(name) as number) / (cpu.get(peer) as number),
  target,
  atMost: true,
})

const validateRow: Row = {
  name: 'process-validate',
  title: `finetune validate, NDJSON of ${count} runs, whole process (first: pnpm build)`,
  run: () =>
    inFolder(folder => {
      const from = join(folder, 'runs.ndjson')
      writeArchive(count, from)
      const hasJq = isInstalled('jq')
      const cpu = cpuOf({
        'finetune validate': finetune('validate', from),
        ...(hasJq && { 'jq -c .': ['jq', '-c', '.', from] as const }),
      })
      return {
        figures: figuresOf(cpu),
        goals: hasJq ? [ratio(cpu, 'finetune validate', 'jq -c .', 0.25)] : [],
        ...(!hasJq && { note: 'jq is not installed: no ratio' }),
      }
    }),
}

const parquetRow: Row = {
  name: 'process-parquet',
  title: `finetune convert, ${count} runs, beside DuckDB's COPY, whole processes (first: pnpm build)`,
  run: () =>
    inFolder(folder => {
      const file = (name: string) => join(folder, name)
      const from = file('runs.ndjson')
      writeArchive(count, from)
      const to = cpuOf({
        'NDJSON to Parquet': finetune('convert', from, file('ours.parquet')),
        'DuckDB to Parquet': duckdb(
          `copy (from read_ndjson('${from}')) to '${file('theirs.parquet')}' (format parquet, compression zstd)`,
        ),
      })
      const back = cpuOf({
        'Parquet to NDJSON': finetune('convert', file('ours.parquet'), file('ours.ndjson')),
        'DuckDB to NDJSON': duckdb(
          `copy (from '${file('ours.parquet')}') to '${file('theirs.ndjson')}' (format json)`,
        ),
      })
      const grouped = (name: string) =>
        duckdb(`select model, status, count(*), max(updated_at) from '${file(name)}' group by all`)
      const read = cpuOf(
        { 'group-by on ours': grouped('ours.parquet'), "group-by on DuckDB's": grouped('theirs.parquet') },
        10,
      )
      const bytes = (name: string) => statSync(file(name)).size
      return {
        figures: [...figuresOf(to), ...figuresOf(back), ...figuresOf(read)],
        goals: [
          ratio(to, 'NDJSON to Parquet', 'DuckDB to Parquet', 1.5),
          ratio(back, 'Parquet to NDJSON', 'DuckDB to NDJSON', 2),
          ratio(read, 'group-by on ours', "group-by on DuckDB's", 1.3),
          {
            what: "bytes of our file, of DuckDB's",
            measured: bytes('ours.parquet') / bytes('theirs.parquet'),
            target: 1,
            atMost: true,
          },
        ],
        note: 'DuckDB guesses the schema of the first records, and checks nothing else; it counts with its start and that of Node',
      }
    }),
}

const startRow: Row = {
  name: 'process-start',
  title: 'finetune with nothing to do, whole processes (first: pnpm build)',
  run: () =>
    inFolder(folder => {
      const small = join(folder, 'small.ndjson')
      writeArchive(3, small)
      const cpu = cpuOf(
        {
          'an empty Node': node('-e', ''),
          'finetune --help': finetune('--help'),
          'finetune validate': finetune('validate', small),
        },
        10,
      )
      return {
        figures: figuresOf(cpu),
        goals: [
          ratio(cpu, 'finetune --help', 'an empty Node', 5),
          ratio(cpu, 'finetune validate', 'an empty Node', 5),
        ],
      }
    }),
}

export const processRows: ReadonlyArray<Row> = [validateRow, parquetRow, startRow]
