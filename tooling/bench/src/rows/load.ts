import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, defaultClientConditions } from 'vite'
import { costOf, node } from '../process.ts'
import type { Goal, Row } from '../Row.ts'

const here = join(import.meta.dirname, '..')

const load = (what: string) => `await import(${JSON.stringify(what)})`

/** The least milliseconds of CPU of a process that runs this program, beyond an empty one. */
const costsOf = (programs: Readonly<Record<string, string>>, rounds = 4): ReadonlyMap<string, number> => {
  const all = Object.entries({ empty: '', ...programs }).map(([name, program]) => ({
    name,
    command: node('--input-type=module', '-e', program),
    least: Number.POSITIVE_INFINITY,
  }))
  // other load only adds CPU: the least of the rounds counts; `times` counts hundredths of a second
  for (let round = 0; round < rounds; round++)
    for (const one of all) one.least = Math.min(one.least, costOf(one.command, 25, here).cpu * 1000)
  const empty = all[0]?.least as number
  return new Map(all.slice(1).map(({ name, least }) => [name, least - empty]))
}

const importRow: Row = {
  name: 'import',
  title: 'imports, built, beyond an empty process (first: pnpm build)',
  run: () => {
    const costs = costsOf({
      'io-ts alone': load('io-ts'),
      codec: load('@finetune-kit/codec'),
      model: load('@finetune-kit/model'),
      serialization: load('@finetune-kit/serialization'),
      zod: load('zod'),
      'effect/Schema': load('effect/Schema'),
    })
    const ratio = (name: string, peer: string, target: number): Goal => ({
      what: `${name}, of ${peer}`,
      measured: (costs.get(name) as number) / (costs.get(peer) as number),
      target,
      atMost: true,
    })
    return {
      figures: [...costs]
        .toSorted(([, a], [, b]) => a - b)
        .map(([name, ms]) => [name, `+ ${ms.toFixed(1)} ms of CPU`]),
      goals: [ratio('model', 'io-ts alone', 2.5), ratio('serialization', 'model', 1.3)],
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
    const alone = await bundled(
      "import * as t from 'io-ts'\nexport const decode = t.type({ id: t.string }).decode",
    )
    const schema = await bundled(
      "import * as z from 'zod'\nexport const schema = z.object({ id: z.string() })",
    )
    return {
      figures: [
        ['finetune-kit', `${ours.toFixed(1)} kB`],
        ['io-ts alone, one field', `${alone.toFixed(1)} kB`],
        ['zod, one field', `${schema.toFixed(1)} kB`],
      ],
      goals: [{ what: 'gzipped', measured: ours, unit: 'kB', target: 12, atMost: true }],
      note: 'ours and zod explain errors and write JSON Schema (`~standard`); io-ts does neither',
    }
  },
}

export const loadRows: ReadonlyArray<Row> = [importRow, bundleRow]
