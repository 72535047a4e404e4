import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import * as Effect from 'effect/Effect'
import { afterAll, expect, test } from 'vitest'
import { builtHelp } from '../src/builtHelp.ts'
import { commandNames } from '../src/finetuneCommand.ts'
import { helpTexts } from '../src/manual/helpTexts.ts'
import { runFinetune } from './runFinetune.ts'

const folder = mkdtempSync(join(tmpdir(), 'help-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = pathToFileURL(join(folder, 'help.json'))
for (const name of ['FORCE_COLOR', 'NO_COLOR']) delete process.env[name]
const texts = await Effect.runPromise(helpTexts)
writeFileSync(file, JSON.stringify(texts))

test.each([
  ['--help'],
  ['-h'],
  ['help'],
  ['--version'],
  ['-V'],
  ['-v'],
  ...commandNames.flatMap(name => [
    [name, '--help'],
    [name, '-h'],
    ['help', name],
  ]),
])('the built help is what the program prints for %s %s', async (...args) => {
  const { stdout, code } = await runFinetune(args)
  expect(builtHelp(args, file)).toBe(stdout)
  expect(code).toBe(0)
})

test('the help is drawn with and without colours', () => {
  const escape = '\u001b['
  expect(Object.values(texts.plain).join('')).not.toContain(escape)
  expect(texts.coloured['--help']).toContain(escape)
  expect(stripVTControlCharacters(texts.coloured['--help'] ?? '')).toBe(texts.plain['--help'])
})

test.each([
  [[]],
  [['validate']],
  [['validate', 'a.ndjson', '--help']],
  [['validate', '--help', '--help']],
  [['nothing', '--help']],
  [['constructor', '--help']],
  [['--help', 'validate']],
])('a call with other words is left to the program: %j', args => {
  expect(builtHelp(args, file)).toBeUndefined()
})

test('help is left to the program where nothing was built', () => {
  expect(builtHelp(['--help'], pathToFileURL(join(folder, 'none.json')))).toBeUndefined()
})
