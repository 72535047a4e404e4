import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

/** Output of `pnpm walls` for a repository with one file. */
const walls = (file: string, text: string): string => {
  const house = mkdtempSync(join(tmpdir(), 'finetune-kit-walls-'))
  try {
    copyFileSync(join(root, '.oxlintrc.walls.json'), join(house, '.oxlintrc.walls.json'))
    mkdirSync(join(house, dirname(file)), { recursive: true })
    writeFileSync(join(house, file), text)
    const { stdout, stderr } = spawnSync(
      join(root, 'node_modules/.bin/oxlint'),
      ['-c', '.oxlintrc.walls.json', '--deny-warnings'],
      { cwd: house, encoding: 'utf8' },
    )
    return stdout + stderr
  } finally {
    rmSync(house, { recursive: true })
  }
}

test.each([
  ['packages/codec/src/a.ts', '@finetune-kit/model', 'codec knows no fine-tune'],
  ['packages/codec/test/a.test.ts', '@finetune-kit/serialization', 'codec knows no fine-tune'],
  ['packages/model/src/a.ts', '@finetune-kit/diff', 'model stands on codec only'],
  ['packages/serialization/src/a.ts', '@finetune-kit/diff', 'never import each other'],
  ['packages/serialization/src/effect/a.ts', '@finetune-kit/diff', 'never import each other'],
  ['packages/diff/src/deep/a.ts', '@finetune-kit/serialization', 'never import each other'],
  ['packages/diff/src/a.ts', 'effect/Stream', 'Effect lives in'],
  ['packages/serialization/src/a.ts', '@effect/platform-node', 'Effect lives in'],
  ['packages/serialization/src/effect/a.ts', 'effect', 'Import a subpath'],
  ['packages/codec/src/a.ts', 'io-ts/lib/index.js', 'main entry'],
  ['packages/model/src/a.ts', 'fp-ts/lib/Either.js', 'main entry'],
])('walls keep %s from importing %s', (file, from, reason) => {
  expect(walls(file, `export * from '${from}'\n`)).toContain(reason)
})

test.each([
  ['packages/model/src/a.ts', '@finetune-kit/codec'],
  ['packages/serialization/src/effect/a.ts', 'effect/Stream'],
  ['packages/diff/test/a.test.ts', '@finetune-kit/model'],
])('walls let %s import %s', (file, from) => {
  expect(walls(file, `export * from '${from}'\n`)).toContain('0 errors')
})

test('walls refuse a module above 250 lines', () => {
  expect(walls('packages/codec/src/a.ts', 'export {}\n'.repeat(251))).toContain('max-lines')
  expect(walls('packages/codec/src/a.ts', 'export {}\n'.repeat(250))).toContain('0 errors')
})
