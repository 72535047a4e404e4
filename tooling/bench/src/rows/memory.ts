import { join } from 'node:path'
import { inFolder, writeArchive } from '../archiveFile.ts'
import { costOf, finetune, node } from '../process.ts'
import type { Goal, Row } from '../Row.ts'

/** Four full row groups of Parquet, and two. */
const large = Number(process.env['FINETUNE_KIT_RUNS'] ?? 400_000)
const small = Math.round(large / 2)

/** The formats that large archives are kept in; each is converted to and back. */
const others = ['parquet', 'avro', 'msgpack', 'csv']

/** Peak memory of each conversion of an archive of so many runs, in MB. */
const peaks = (count: number): ReadonlyMap<string, number> =>
  inFolder(folder => {
    const file = (extension: string, name = 'runs') => join(folder, `${name}.${extension}`)
    writeArchive(count, file('ndjson'))
    const ways: Array<readonly [string, ReadonlyArray<string>]> = [
      ['validate ndjson', ['validate', file('ndjson')]],
      ['ndjson → ndjson', ['convert', file('ndjson'), file('ndjson', 'copy')]],
      ['sorted', ['convert', file('ndjson'), file('parquet', 'sorted'), '--sort', 'id']],
      ...others.flatMap(to => [
        [`ndjson → ${to}`, ['convert', file('ndjson'), file(to)]] as const,
        [`${to} → ndjson`, ['convert', file(to), file('ndjson', to)]] as const,
      ]),
    ]
    return new Map(ways.map(([way, args]) => [way, costOf(finetune(...args)).mb]))
  })

export const memoryRow: Row = {
  name: 'memory',
  title: `peak memory of the built finetune, ${small} and ${large} runs; FINETUNE_KIT_RUNS=N for N (first: pnpm build)`,
  run: () => {
    const floor = costOf(node('-e', '')).mb
    const [few, many] = [peaks(small), peaks(large)]
    const ways = [...many].map(([way, mb]) => ({ way, few: few.get(way) as number, many: mb }))
    const most = (
      what: string,
      target: number,
      unit: string,
      of: (way: (typeof ways)[number]) => number,
    ): Goal => ({
      what,
      measured: Math.max(...ways.map(of)),
      unit,
      target,
      atMost: true,
    })
    return {
      figures: [
        ['an empty process', `${floor.toFixed(0)} MB`],
        ...ways.map(
          ({ way, few: less, many: more }) =>
            [way, `${less.toFixed(0)} MB, ${more.toFixed(0)} MB: ${(more / less).toFixed(2)} times`] as const,
        ),
      ],
      goals: [
        most('the most memory', 250, 'MB', way => way.many),
        most('the most growth', 1.1, 'times', way => way.many / way.few),
      ],
    }
  },
}
