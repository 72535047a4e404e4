import { join } from 'node:path'
import { archive, finetune, inFolder, nothing } from '../program.ts'
import type { Goal, Row } from '../Row.ts'

const small = 20_000
const large = 100_000

/** The formats that large archives are kept in; each is converted to and back. */
const others = ['parquet', 'avro', 'msgpack', 'csv']

/** Peak memory of each conversion of an archive of `runs` runs, in MB. */
const peaks = (count: number): ReadonlyMap<string, number> =>
  inFolder(folder => {
    const file = (extension: string, name = 'runs') => join(folder, `${name}.${extension}`)
    archive(count, file('ndjson'))
    const ways: Array<readonly [string, ReadonlyArray<string>]> = [
      ['validate ndjson', ['validate', file('ndjson')]],
      ['ndjson → ndjson', ['convert', file('ndjson'), file('ndjson', 'copy')]],
      ...others.flatMap(to => [
        [`ndjson → ${to}`, ['convert', file('ndjson'), file(to)]] as const,
        [`${to} → ndjson`, ['convert', file(to), file('ndjson', to)]] as const,
      ]),
    ]
    return new Map(ways.map(([way, args]) => [way, finetune(...args).mb]))
  })

const atMost = (what: string, measured: number, target: number): Goal => ({
  what,
  measured,
  unit: 'MB',
  target,
  atMost: true,
})

export const memoryRow: Row = {
  name: 'memory',
  title: `peak memory of the built finetune, ${small} and ${large} runs (first: pnpm build)`,
  run: () => {
    const floor = nothing().mb
    const [few, many] = [peaks(small), peaks(large)]
    const at = (way: string) => many.get(way) as number
    const grown = (way: string) => at(way) / (few.get(way) as number)
    return {
      figures: [
        ['an empty process', `${floor.toFixed(0)} MB`],
        ...[...many.keys()].map(
          way =>
            [
              way,
              `${(few.get(way) as number).toFixed(0)} MB, ${at(way).toFixed(0)} MB: ${grown(way).toFixed(2)} times`,
            ] as const,
        ),
      ],
      goals: [
        atMost('validate ndjson', at('validate ndjson'), 90),
        atMost('ndjson → ndjson', at('ndjson → ndjson'), 90),
      ],
      note: `bounded memory is a factor near 1 where the file grows ${large / small} times; parquet and avro hold a row group or a block`,
    }
  },
}
