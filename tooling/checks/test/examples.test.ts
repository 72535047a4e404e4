import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shows } from '../src/claim.ts'
import { type Example, examplesOf, moduleOf } from '../src/examples.ts'

const root = resolve(import.meta.dirname, '../../..')
const folder = join(import.meta.dirname, '../.examples')
const homes = new Map<string, string>()

const packages = ['codec', 'model', 'serialization', 'diff', 'archive', 'store', 'report']

/** Compiles the examples as strictly as the sources that they import. */
const tsconfig = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'ES2023',
    lib: ['ES2024', 'DOM', 'DOM.Iterable', 'ESNext.Disposable'],
    module: 'NodeNext',
    types: ['node'],
    customConditions: ['@finetune-kit/source'],
    allowImportingTsExtensions: true,
  },
  include: ['*.ts', join(root, 'packages/*/src/**/*.d.ts')],
}

/** The entries of a package that people import: all but those that only a worker loads. */
const entriesOf = (name: string): ReadonlyArray<string> => {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, unknown>>
  }
  return Object.entries(manifest.exports)
    .filter(([path, target]) => target !== null && !/package\.json|worker/.test(path))
    .map(([path]) => `@finetune-kit/${name}${path.slice(1)}`)
}

const cwd = process.cwd()
/** The folder of a reader, with a file of records. */
const reader = mkdtempSync(join(tmpdir(), 'examples-'))

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  const runs = Array.from(simulateRuns(), run => ({ ...run, steps: 1, cost: 2 }))
  writeFileSync(join(reader, 'runs.ndjson.gz'), gzipSync(toNdjson(runs)))
  process.chdir(reader)
  // later packages stand on earlier ones: a name that is exported again keeps its first home
  for (const home of packages.flatMap(entriesOf))
    for (const name of Object.keys((await import(home)) as object))
      if (!homes.has(name)) homes.set(name, home)
})
afterAll(() => {
  process.chdir(cwd)
  for (const made of [folder, reader]) rmSync(made, { recursive: true, force: true })
})

/** Writes an example as a module, and returns its file. */
const writeExample = (example: Example): string => {
  const file = join(folder, `${example.file.replaceAll(/\W/g, '-')}-${example.line}.ts`)
  // a service of others is not asked
  const statement = example.code.includes('https://') ? '' : (example.runBy ?? '')
  writeFileSync(file, `export const run = () => {}\n${moduleOf(example, homes)}\n${statement}\n`)
  return file
}

const run = async (example: Example): Promise<number> => {
  let claims = 0
  const claim = (line: number, actual: unknown, expected: () => unknown): void => {
    claims++
    const wanted = expected()
    if (!shows(actual, wanted)) expect(actual, `${example.file}:${line}`).toEqual(wanted)
  }
  Object.assign(globalThis, { claim })
  await import(writeExample(example))
  return claims
}

describe('examples', () => {
  const examples = examplesOf(root)
  test('every README has one', () => {
    const files = new Set(examples.map(example => example.file))
    for (const name of [
      'README.md',
      'packages/codec/README.md',
      'packages/model/README.md',
      'packages/serialization/README.md',
      'packages/diff/README.md',
    ])
      expect(files).toContain(name)
  })

  test.each(examples.map(example => [`${example.file}:${example.line}`, example] as const))(
    '%s',
    async (_, example) => {
      const claims = await run(example)
      expect(claims).toBe(example.code.split('// =>').length - 1)
    },
  )

  test('they compile', () => {
    for (const example of examples) writeExample(example)
    writeFileSync(
      join(folder, 'claim.d.ts'),
      'declare const claim: (line: number, actual: unknown, expected: () => unknown) => void\n',
    )
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
  })
})
