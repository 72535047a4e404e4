import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../../..')
const copy = mkdtempSync(join(tmpdir(), 'finetune-kit-prose-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

test('prose checks what people write, and no change log, whose lines changesets makes longer', () => {
  cpSync(join(root, 'tooling/checks/src'), join(copy, 'tooling/checks/src'), { recursive: true })
  symlinkSync(join(root, 'tooling/checks/node_modules'), join(copy, 'tooling/checks/node_modules'))
  const folder = join(copy, 'packages/codec')
  mkdirSync(folder, { recursive: true })
  for (const file of ['CHANGELOG.md', 'README.md'])
    writeFileSync(join(folder, file), `# Codec\n\n- 0daa762: ${'ab '.repeat(33)}\n`)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, 'tooling/checks/src/prose.ts'), folder],
    { encoding: 'utf8' },
  )
  expect(`${stdout}${stderr}`).toContain('packages/codec/README.md:3: 109 columns of prose.')
  expect(`${stdout}${stderr}`).not.toContain('CHANGELOG')
  expect(status).toBe(1)
})
