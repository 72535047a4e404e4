import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const script = join(import.meta.dirname, 'importMany.ts')

interface Printed {
  readonly added: number
  readonly rejected: number
  readonly mb: number
}

const imported = (folder: string, count: number): Printed => {
  const args = ['--conditions=@finetune-kit/source', script, join(folder, `${count}.db`), String(count)]
  const text = execFileSync(process.execPath, args, { encoding: 'utf8' })
  process.stdout.write(text)
  return JSON.parse(text) as Printed
}

test('the memory of an import does not grow beyond 200,000 snapshots', () => {
  const folder = mkdtempSync(join(tmpdir(), 'finetune-kit-memory-'))
  try {
    const [few, many] = [imported(folder, 200_000), imported(folder, 400_000)]
    expect(few).toMatchObject({ added: 20_000, rejected: 0 })
    expect(many.mb / few.mb).toBeLessThan(1.15)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
