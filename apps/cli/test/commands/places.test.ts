/** Tests of files: where records are written, names that are links, devices and signals. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, linkSync, openSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { formats } from '@finetune-kit/serialization'
import { expect, test, vi } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { folderOfTests } from '../runFinetune.ts'
import { program, startFinetune } from '../spawnFinetune.ts'

const { finetune, written, content, hidden, folder } = folderOfTests()
const text = toNdjson(simulateRuns())
const good = written('good.ndjson', text)
const bad = written('bad.ndjson', `${text}{"object":"fine-tune"\n`)

/** The program, whose standard output is this open file. */
const printing = async (to: number, ...args: ReadonlyArray<string>) => {
  const child = spawn(process.execPath, ['--conditions=@finetune-kit/source', program, ...args], {
    cwd: folder,
    stdio: ['ignore', to, 'pipe'],
  })
  let stderr = ''
  child.stderr?.on('data', piece => (stderr += piece))
  const [code] = await once(child, 'close')
  return { code: code as number, stderr }
}

const refused = (name: string, what: string) => [
  2,
  '',
  `--bad quarantine=${name}: the file is the ${what}. Pass another.\n`,
]

test('convert skips no bad records of the file that it writes over, whatever its name', async () => {
  const name = written('own.ndjson', text)
  linkSync(join(folder, name), join(folder, 'own.hard.ndjson'))
  symlinkSync(join(folder, name), join(folder, 'own.soft.ndjson'))
  for (const output of [name, `./${name}`, 'own.hard.ndjson', 'own.soft.ndjson'])
    expect(await finetune(['convert', name, output, '--bad', 'skip'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `${output}: is the input, whose bad records would be lost. Pass another file, or --bad quarantine=FILE.\n`,
    })
  expect(content(name)).toBe(text)
})

test('convert keeps bad records in no file that it reads or writes, whatever its name', async () => {
  linkSync(join(folder, bad), join(folder, 'hard.ndjson'))
  symlinkSync(join(folder, bad), join(folder, 'soft.ndjson'))
  symlinkSync(folder, join(folder, 'here'))
  const convert = async (output: string, kept: string) => {
    const { code, stdout, stderr } = await finetune([
      'convert',
      bad,
      output,
      '--to',
      'ndjson',
      '--bad',
      `quarantine=${kept}`,
    ])
    return [code, stdout, stderr]
  }
  expect(
    await Promise.all([
      convert('new.ndjson', 'new.ndjson'),
      convert('new.ndjson', 'here/new.ndjson'),
      convert('new.ndjson', bad),
      convert('new.ndjson', 'hard.ndjson'),
      convert('new.ndjson', 'soft.ndjson'),
      convert('-', '-'),
    ]),
  ).toEqual([
    refused('new.ndjson', 'output'),
    refused('here/new.ndjson', 'output'),
    refused(bad, 'input'),
    refused('hard.ndjson', 'input'),
    refused('soft.ndjson', 'input'),
    refused('-', 'output'),
  ])
  expect(content(bad)).toContain(text)
  expect(existsSync(join(folder, 'new.ndjson'))).toBe(false)
})

test('convert writes over what it reads, also behind a link, when it has read it all', async () => {
  written('own.ndjson', text)
  symlinkSync(join(folder, 'own.ndjson'), join(folder, 'link.ndjson'))
  for (const [input, output] of [
    ['own.ndjson', 'own.ndjson'],
    ['own.ndjson', 'link.ndjson'],
    ['link.ndjson', 'own.ndjson'],
  ] as const)
    expect(await finetune(['convert', input, output])).toMatchObject({ code: 0 })
  expect(content('own.ndjson')).toBe(text)
})

test('convert adds to what standard output has, by all of its names', async () => {
  symlinkSync('/dev/stdout', join(folder, 'out.link'))
  const descriptors = existsSync('/proc/self/fd') ? ['/dev/fd/1', '/proc/self/fd/1'] : []
  for (const name of ['-', '/dev/stdout', 'out.link', ...descriptors]) {
    written('all.txt', 'before\n')
    const { code, stderr } = await printing(
      openSync(join(folder, 'all.txt'), 'a'),
      'convert',
      good,
      name,
      '--to',
      'ndjson',
    )
    expect([code, stderr]).toEqual([
      0,
      '85 records read from good.ndjson (NDJSON): 85 written to stdout (NDJSON), 0 rejected\n',
    ])
    expect(content('all.txt')).toBe(`before\n${text}`)
  }
})

test.skipIf(!existsSync('/dev/fd'))('a quarantine at standard error is added to what that has', async () => {
  const quarantine = ['--bad', 'quarantine=/dev/fd/2']
  const child = spawn(
    process.execPath,
    ['--conditions=@finetune-kit/source', program, 'convert', bad, 'rest.ndjson', ...quarantine],
    { cwd: folder, stdio: ['ignore', 'ignore', openSync(join(folder, written('err.txt', 'before\n')), 'a')] },
  )
  expect(await once(child, 'close')).toEqual([1, null])
  const [before, letter = '', counts] = content('err.txt').split('\n')
  expect([before, JSON.parse(letter), counts]).toEqual([
    'before',
    expect.objectContaining({ source: bad, line: 86 }),
    '86 records read from bad.ndjson (NDJSON): 85 written to rest.ndjson (NDJSON), 1 rejected',
  ])
})

// a device of Linux, which takes nothing
test.skipIf(!existsSync('/dev/full'))('finetune says that no space is left, and ends with 2', async () => {
  const commands = [
    ['convert', good, '-'],
    ['convert', good, '/dev/stdout', '--to', 'csv'],
    ['hash', good],
    ['validate', bad],
    ['log', good],
  ]
  for (const command of commands)
    expect(await printing(openSync('/dev/full', 'w'), ...command)).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^stdout: no space is left\. Free some or write elsewhere\.\n/) as string,
    })
  expect(await finetune(['convert', good, '/dev/full', '--to', 'csv'])).toEqual({
    code: 2,
    stdout: '',
    stderr: '/dev/full: no space is left. Free some or write elsewhere.\n',
  })
})

test('finetune shows names of files that would rewrite a terminal as escapes', async () => {
  const odd = '\u001b[31m\u202e\n'
  const shown = '\\u001b[31m\\u202e\\u000a'
  const input = written(`${odd}.ndjson`, toNdjson([simulateRuns()[0]]))
  const stderr = async (...args: ReadonlyArray<string>) => (await finetune(args)).stderr
  expect(
    await Promise.all([
      stderr('convert', input, `${odd}.csv`),
      stderr('convert', `no${odd}`, '-'),
      stderr('convert', good, odd),
      stderr('convert', good, `${odd}/a.csv`),
      stderr('convert', good, '-', '--bad', `${odd}x`),
      stderr('validate', `no${odd}`),
      stderr('hash', written(`${odd}.gz`, new Uint8Array([0x1f, 0x8b, 0]))),
    ]),
  ).toEqual([
    `1 record read from ${shown}.ndjson (NDJSON): 1 written to ${shown}.csv (CSV), 0 rejected\n`,
    `no${shown}: no such file, and none matches. Check the path.\n`,
    expect.stringMatching(/^\\u001b\[31m\\u202e\\u000a: cannot tell the output format\. Pass --to .+\n$/),
    `${shown}/a.csv: no such folder. Create it first.\n`,
    `Invalid value for flag --bad: "${shown.replace('\\u000a', ' x')}". Expected: fail, skip or quarantine=FILE. See finetune convert --help.\n`,
    `no${shown}: no such file, and none matches. Check the path.\n1 file: 0 invalid; 1 file could not be checked\n`,
    `${shown}.gz: damaged gzip data: an unknown compression method (byte 2). Fetch the file again.\n`,
  ])
  expect((await finetune(['hash', input])).stdout).toMatch(/^[0-9a-f]{64} {2}\\u001b\[31m\\u202e\\u000a/)
})

test('convert takes a file of nothing for no records, whatever its name', async () => {
  const names = [
    ...formats.flatMap(({ extensions }) => extensions),
    '.ndjson.gz',
    '.ndjson.br',
    '.parquet.zst',
  ]
  const converted = names.map(name => finetune(['convert', written(`nothing${name}`, ''), '-']))
  for (const [i, result] of (await Promise.all(converted)).entries())
    expect(result).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(
        `^0 records read from nothing${names[i]} \\(.+\\): 0 written to stdout \\(NDJSON\\), 0 rejected\n$`,
      ) as string,
    })
})

test('a folder as standard input is named, not read as nothing', async () => {
  const child = spawn(process.execPath, ['--conditions=@finetune-kit/source', program, 'hash', '-'], {
    stdio: [openSync(folder, 'r'), 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr?.on('data', piece => (stderr += piece))
  const [code] = await once(child, 'close')
  expect([code, stderr]).toEqual([2, 'stdin: is a folder. Pass a file.\n'])
})

test.each([
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGXCPU', 152],
] as const)('convert leaves nothing behind after %s, and ends with %i', async (signal, expected) => {
  const child = startFinetune(folder, ['convert', '-', 'cut-off.csv'])
  child.stdin.write(text)
  await vi.waitUntil(() => hidden().some(name => name.startsWith('.cut')), { timeout: 200_000 })
  child.kill(signal)
  expect(await once(child, 'close')).toEqual([expected, null])
  expect(readdirSync(folder).filter(name => name.includes('cut-off'))).toEqual([])
})

test('validate --format github names the line and the column of a malformed record once', async () => {
  const file = written('broken.ndjson', '{bad\n')
  expect((await finetune(['validate', '--format', 'github', file])).stdout).toBe(
    '::error file=broken.ndjson,line=1,col=2::not NDJSON: expected a key in double quotes, found "b"\n',
  )
})
