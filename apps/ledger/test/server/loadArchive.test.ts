import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Effect from 'effect/Effect'
import { afterAll, expect, test } from 'vitest'
import { loadArchive } from '../../src/server/loadArchive.ts'

const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
afterAll(() => rmSync(folder, { recursive: true }))

const written = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const trouble = (path: string) =>
  Effect.runPromise(Effect.map(Effect.flip(loadArchive(path)), ({ message }) => message))

test('load says that there is no file, or that it is a folder', async () => {
  expect(await trouble(join(folder, 'none'))).toBe(`${join(folder, 'none')}: no such file. Check the path.`)
  expect(await trouble(folder)).toBe(`${folder}: is a folder. Pass a file.`)
})

test('load says that an archive is empty', async () => {
  for (const content of ['', '\n', ' \r\n\r\n']) {
    const path = written('empty.ndjson', content)
    expect(await trouble(path)).toBe(`${path}: empty. Pass a file with records.`)
  }
})

test('load says what is wrong with an archive that has no good record', async () => {
  const latin = written('latin.ndjson', new Uint8Array([0x22, 0xe9, 0x22]))
  expect(await trouble(latin)).toBe(
    `${latin}:1:2 not NDJSON: not UTF-8\n${latin}: no valid run, 1 records were rejected.`,
  )
  const text = written('letter.txt', 'Dear ledger,\nyours\n')
  expect(await trouble(text)).toBe(
    `${text}:1:1 not JSON: expected a value, found "D"\n${text}: no valid run, 1 records were rejected.`,
  )
})
