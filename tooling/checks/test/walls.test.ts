import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { walls } from '../src/walls.ts'

const root = resolve(import.meta.dirname, '../../..')

interface Diagnostic {
  readonly filename: string
  readonly code: string
  readonly help: string
}

/** Diagnostics of the walls for a repository with these files. */
const diagnostics = (files: ReadonlyArray<readonly [string, string]>): ReadonlyArray<Diagnostic> => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-walls-'))
  try {
    writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(walls))
    for (const [file, text] of files) {
      mkdirSync(join(folder, dirname(file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    return oxlint(folder, '-c', '.oxlintrc.json')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const oxlint = (cwd: string, ...args: ReadonlyArray<string>): ReadonlyArray<Diagnostic> => {
  const command = [join(root, 'node_modules/.bin/oxlint'), ['--format=json', ...args]] as const
  const { stdout } = spawnSync(...command, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 })
  return (JSON.parse(stdout) as { readonly diagnostics: ReadonlyArray<Diagnostic> }).diagnostics
}

/** Help texts for files that each import one module; empty if the import is accepted. */
const helps = (imports: ReadonlyArray<readonly [string, string]>): ReadonlyArray<string> => {
  const files = imports.map(([place, from], i) => [`${place}/x${i}.ts`, `export * from '${from}'\n`] as const)
  const found = diagnostics(files)
  return files.map(([file]) => found.find(({ filename }) => filename === file)?.help ?? '')
}

test('walls refuse imports', () => {
  const onlyOurs = 'Of our packages'
  const effect = 'Effect is used in'
  const cases = [
    ['packages/codec/src', '@finetune-kit/model', onlyOurs],
    ['packages/codec/test', '@finetune-kit/serialization', onlyOurs],
    ['packages/codec/src/deep', '@finetune-kit/new', onlyOurs],
    ['packages/model/src', '@finetune-kit/diff', onlyOurs],
    ['packages/model/src', '@finetune-kit/serialization/effect', onlyOurs],
    ['packages/serialization/src', '@finetune-kit/model', onlyOurs],
    ['packages/serialization/src', '@finetune-kit/diff', onlyOurs],
    ['packages/serialization/src/effect', '@finetune-kit/model', onlyOurs],
    ['packages/serialization/src/effect', '@finetune-kit/diff', onlyOurs],
    ['packages/serialization/test', '@finetune-kit/diff', onlyOurs],
    ['packages/diff/src', '@finetune-kit/model', onlyOurs],
    ['packages/diff/src/deep', '@finetune-kit/serialization', onlyOurs],
    ['packages/diff/src/story', '@finetune-kit/serialization', onlyOurs],
    ['packages/archive/src', '@finetune-kit/store', onlyOurs],
    ['packages/archive/src', '@finetune-kit/diff', onlyOurs],
    ['packages/store/src', '@finetune-kit/archive', onlyOurs],
    ['packages/store/test', '@finetune-kit/watch', onlyOurs],
    ['packages/watch/src', '@finetune-kit/archive', onlyOurs],
    ['packages/report/src', '@finetune-kit/store', onlyOurs],
    ['apps/cli/src', '@finetune-kit/ledger', onlyOurs],
    ['apps/ledger/src', '@finetune-kit/cli', onlyOurs],
    ['apps/ledger/page/src', '@finetune-kit/store', onlyOurs],
    ['apps/ledger/page/src', '@finetune-kit/archive', onlyOurs],
    ['apps/ledger/page/src', '../../src/server/app.ts', 'imports no server'],
    ['apps/ledger/page/src', 'effect/Effect', effect],
    ['packages/codec/src', 'effect', effect],
    ['packages/diff/src', 'effect/Stream', effect],
    ['packages/report/src', 'effect/Stream', effect],
    ['packages/serialization/src', '@effect/platform-node', effect],
    ['packages/serialization/src/effect', 'effect', 'Import a subpath'],
    ['apps/cli/src', 'effect', 'Import a subpath'],
    ['packages/codec/src', 'io-ts/lib/index.js', 'breaks instanceof'],
    ['packages/model/src', 'fp-ts/lib/Either.js', 'breaks instanceof'],
    ['packages/store/src', '../../model/src/index.ts', 'by its name'],
    ['apps/cli/src', '../../../packages/model/test/samples.ts', 'by its name'],
    ['apps/cli/src/commands', '../../../ledger/src/server/app.ts', 'by its name'],
  ] as const
  const found = helps(cases.map(([place, from]) => [place, from]))
  expect(found.map((help, i) => [cases[i]?.[0], cases[i]?.[1], help])).toEqual(
    cases.map(([place, from, help]) => [place, from, expect.stringContaining(help)]),
  )
})

test('walls accept imports', () => {
  const cases = [
    ['packages/codec/test', '@finetune-kit/codec/testing'],
    ['packages/model/src', '@finetune-kit/codec'],
    ['packages/serialization/src', '@finetune-kit/codec/compile'],
    ['packages/serialization/src/effect', 'effect/Stream'],
    ['packages/serialization/test', '@finetune-kit/model'],
    ['packages/serialization/test/effect', '@effect/platform-node/NodeServices'],
    ['packages/diff/src/story', '@finetune-kit/model'],
    ['packages/diff/test', '@finetune-kit/model'],
    ['packages/diff/src', '#fp-ts/Either'],
    ['packages/archive/src', '@finetune-kit/serialization/effect'],
    ['packages/store/src', '@finetune-kit/diff'],
    ['packages/store/src', 'effect/Effect'],
    ['packages/watch/src', '@finetune-kit/store'],
    ['packages/report/src', '@finetune-kit/diff/story'],
    ['apps/cli/src', '@finetune-kit/archive'],
    ['apps/cli/src', 'effect/cli/Command'],
    ['apps/ledger/src', '@finetune-kit/watch'],
    ['apps/ledger/page/src', '@finetune-kit/archive/detect'],
    ['apps/ledger/page/src', '../../src/api/runs.ts'],
    ['apps/ledger/test/page', '../../page/src/View.ts'],
  ] as const
  const found = helps(cases)
  expect(cases.filter((_, i) => found[i] !== '')).toEqual([])
})

const circle = (kind: string) => [
  ['packages/codec/src/a.ts', `import ${kind}{ B } from './b.ts'\nexport type A = B\n`] as const,
  ['packages/codec/src/b.ts', `import ${kind}{ A } from './a.ts'\nexport type B = { a: A }\n`] as const,
]

test('walls refuse a circle of imports, of types too', () => {
  expect(diagnostics(circle('')).map(({ code }) => code)).toEqual(['import(no-cycle)', 'import(no-cycle)'])
  expect(diagnostics(circle('type '))).toHaveLength(2)
})

const moduleOf = (lines: number) => diagnostics([['packages/codec/src/a.ts', 'export {}\n'.repeat(lines)]])

test('walls refuse a module above 250 lines', () => {
  expect(moduleOf(251).map(({ code }) => code)).toEqual(['eslint(max-lines)'])
  expect(moduleOf(250)).toEqual([])
})

test.each([
  'packages/codec/src/a.ts',
  'apps/cli/src/a.ts',
  'apps/ledger/page/src/a.tsx',
  'tooling/a/src/a.ts',
])('walls refuse a function above 90 lines in %s', file => {
  const found = (lines: number) =>
    diagnostics([[file, `export const a = () => {\n// a\n${'a()\n'.repeat(lines - 2)}}\n`]])
  expect(found(91).map(({ code }) => code)).toEqual(['eslint(max-lines-per-function)'])
  expect(found(90)).toEqual([])
})
