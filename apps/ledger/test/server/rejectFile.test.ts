import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { rejectFile } from '../../src/server/imports/rejectFile.ts'

const rejected = (line: number) => ({ line, offset: 100 * line, reason: 'not JSON', raw: 'x'.repeat(80) })

test('rejectFile keeps records until it is full, and says so once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'rejects')
  const append = rejectFile('big.txt', path, 300)
  for (const line of [1, 2, 3, 4, 5]) expect(append([rejected(line)])).toBeUndefined()
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map(text => JSON.parse(text) as unknown)
  expect(lines).toEqual([
    ...[1, 2, 3].map(line => ({ line, offset: 100 * line, message: 'not JSON', raw: 'x'.repeat(80) })),
    { message: 'More rejected records are not kept.' },
  ])
})
