import { execSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-clean-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('pnpm clean removes what is built, and nothing that is installed', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>
  }
  cpSync(join(root, '.gitignore'), join(folder, '.gitignore'))
  const installed = ['node_modules/a/dist/a.js', 'packages/b/node_modules/c/dist/c.js']
  const built = ['packages/b/dist/b.js', 'packages/b/dist/b.tsbuildinfo', '.turbo/log']
  for (const file of [...installed, ...built]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
  execSync('git init -q', { cwd: folder })
  execSync(scripts['clean'] ?? '', { cwd: folder, stdio: 'pipe' })
  const left = [...installed, ...built].filter(file => globSync(file, { cwd: folder }).length > 0)
  expect(left).toEqual(installed)
})
