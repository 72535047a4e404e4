import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, defaultClientConditions } from 'vite'
import { median } from '../interleave.ts'
import type { Row } from '../Row.ts'

const here = join(import.meta.dirname, '..')

const load = (what: string) => `await import(${JSON.stringify(what)})`

/** Milliseconds of a whole Node process that runs this program. */
const runs = (program: string): number => {
  const started = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: here,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return performance.now() - started
}

/** The same beyond an empty process; the median. */
const startsIn = (programs: Readonly<Record<string, string>>, rounds = 15): ReadonlyMap<string, number> => {
  const names = Object.keys(programs)
  const extra = new Map(names.map(name => [name, [] as Array<number>]))
  for (let round = 0; round < rounds; round++) {
    const empty = runs('')
    for (const name of names) extra.get(name)?.push(runs(programs[name] as string) - empty)
  }
  return new Map(names.map(name => [name, median(extra.get(name) as Array<number>)]))
}

const importRow: Row = {
  name: 'import',
  title: 'import of @finetune-kit/model, built, beyond an empty process (first: pnpm build)',
  run: () => {
    const times = startsIn({
      'finetune-kit model': load('@finetune-kit/model'),
      'io-ts alone': load('io-ts'),
      zod: load('zod'),
      'effect/Schema': load('effect/Schema'),
    })
    return {
      figures: [...times]
        .toSorted(([, a], [, b]) => a - b)
        .map(([name, ms]) => [name, `+ ${ms.toFixed(1)} ms`]),
      goals: [
        {
          what: 'beyond an empty process',
          measured: times.get('finetune-kit model') as number,
          unit: 'ms',
          target: 20,
          atMost: true,
        },
      ],
    }
  },
}

/** Size of the minified, gzipped browser bundle of this module, in kB. */
const bundled = async (code: string): Promise<number> => {
  const entry = join(here, 'entry.js')
  const result = await build({
    root: here,
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@finetune-kit/source', ...defaultClientConditions] },
    plugins: [
      {
        name: 'entry',
        resolveId: id => (id === entry ? id : null),
        load: id => (id === entry ? code : null),
      },
    ],
    // not `lib`: that leaves the white space in
    build: { write: false, minify: true, rollupOptions: { input: entry, preserveEntrySignatures: 'strict' } },
  })
  const outputs = (Array.isArray(result) ? result : [result]) as ReadonlyArray<{
    readonly output: ReadonlyArray<{ readonly code?: string }>
  }>
  return (
    gzipSync(outputs.flatMap(({ output }) => output.map(chunk => chunk.code ?? '')).join('')).length / 1000
  )
}

const bundleRow: Row = {
  name: 'bundle',
  title: 'browser bundle that decodes a FineTune, minified and gzipped',
  run: async () => {
    const ours = await bundled(
      "import { FineTune } from '@finetune-kit/model'\nexport const decode = FineTune.decode",
    )
    const schema = await bundled(
      "import * as z from 'zod'\nexport const schema = z.object({ id: z.string() })",
    )
    return {
      figures: [
        ['finetune-kit', `${ours.toFixed(1)} kB`],
        ['zod, one field', `${schema.toFixed(1)} kB`],
      ],
      goals: [{ what: 'gzipped', measured: ours, unit: 'kB', target: 9, atMost: true }],
    }
  },
}

export const loadRows: ReadonlyArray<Row> = [importRow, bundleRow]
