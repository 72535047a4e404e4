import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gzipSync } from 'node:zlib'
import { formats } from '@finetune-kit/serialization'
import { expect, test, vi } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { folderOfTests, runFinetune } from '../runFinetune.ts'
import { program, spawnFinetune, startFinetune } from '../spawnFinetune.ts'

const { finetune, written, content, hidden, folder } = folderOfTests()
const size = (name: string) => readFileSync(join(folder, name)).length

const runs = simulateRuns()
const good = written('good.ndjson', toNdjson(runs))
const lines = toNdjson(runs).split('\n')
const bad = written('bad.ndjson', [lines[0], '{"object":"fine-tune",', ...lines.slice(1)].join('\n'))
const counts = (name: string) =>
  `86 records read from bad.ndjson (NDJSON): 85 written to ${name}, 1 rejected\n`
const digests = (stdout: string) => stdout.split('\n').map(line => line.slice(0, 64))

test('convert goes through every format and compression, and loses nothing', async () => {
  const steps = [good, 'a.msgpack.gz', 'b.csv.br', 'd.parquet', 'e.avro', 'f.parquet.gz', 'c.sse.zst']
  for (const [i, to] of steps.slice(1).entries()) {
    const { code, stdout, stderr } = await finetune(['convert', steps[i] as string, to])
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toMatch(/^85 records read from \S+ \(.+\): 85 written to \S+ \(.+\), 0 rejected\n$/)
  }
  const [one, ...others] = await Promise.all(
    [good, 'b.csv.br', 'c.sse.zst'].map(name => finetune(['hash', name])),
  )
  expect(one?.code).toBe(0)
  for (const other of others) expect(digests(other.stdout)).toEqual(digests(one?.stdout ?? ''))
  expect(brotliDecompressSync(readFileSync(join(folder, 'b.csv.br'))).toString()).toMatch(/^id,object,/)
  expect(hidden()).toEqual([])
})

test('convert writes in few bytes, or for people, when asked to', async () => {
  for (const extension of ['avro', 'parquet']) {
    const [usual, compact] = [`usual.${extension}`, `compact.${extension}`]
    expect(await finetune(['convert', good, usual])).toMatchObject({ code: 0 })
    expect(await finetune(['convert', good, compact, '--compact'])).toMatchObject({ code: 0 })
    expect(size(compact)).toBeLessThan(size(usual))
    expect(digests((await finetune(['hash', compact])).stdout)).toEqual(
      digests((await finetune(['hash', usual])).stdout),
    )
  }
  const { stdout } = await finetune(['convert', '-', '-', '--to', 'json', '--pretty'], lines[0])
  expect(stdout).toBe(`[\n${JSON.stringify(JSON.parse(lines[0] as string), undefined, 2)}\n]\n`)
})

const named = formats.filter(({ extensions }) => extensions.length > 0)

test.each(named)('what convert wrote as $name is read in place, from a pipe and unpacked', async format => {
  const file = `every${format.extensions[0]}`
  expect(await finetune(['convert', good, file])).toMatchObject({ code: 0 })
  const content = readFileSync(join(folder, file))
  const packed = written(`${file}.gz`, gzipSync(content))
  const [different, piped, unpacked] = await Promise.all([
    finetune(['diff', good, file]),
    finetune(['hash', '-'], content),
    finetune(['hash', packed]),
  ])
  expect(different).toEqual({ code: 0, stdout: '', stderr: '' })
  expect([piped.code, piped.stderr]).toEqual([0, ''])
  expect(digests(piped.stdout)).toEqual(digests(unpacked.stdout))
})

test('validate and log read Parquet, and say what is wrong with it', async () => {
  expect(await finetune(['convert', good, 'log.parquet'])).toMatchObject({ code: 0 })
  const [valid, told, plain] = await Promise.all([
    finetune(['validate', 'log.parquet']),
    finetune(['log', 'log.parquet']),
    finetune(['log', good]),
  ])
  expect(valid).toEqual({ code: 0, stdout: '', stderr: '1 file: 85 fine-tunes, 0 invalid\n' })
  expect(told).toEqual(plain)
  written('none.parquet', 'PAR1 and nothing else')
  expect(await finetune(['validate', 'none.parquet'])).toEqual({
    code: 1,
    stdout:
      'none.parquet: not Parquet: expected "PAR1" at its end, found "else" (byte 17). Fetch the file again, or write it again\n',
    stderr: '1 file: 1 invalid\n',
  })
})

test('convert is a filter between standard input and output, and unpacks what it is given', async () => {
  const { code, stdout, stderr } = await finetune(['convert', '-', '-'], gzipSync(toNdjson(runs)))
  expect(code).toBe(0)
  expect(stdout).toBe(toNdjson(runs))
  expect(stderr).toBe('85 records read from stdin (NDJSON): 85 written to stdout (NDJSON), 0 rejected\n')
})

test('convert takes Parquet from a pipe, and leaves no file behind', async () => {
  const made = await finetune(['convert', '-', 'piped.parquet'], toNdjson(runs))
  expect(made).toMatchObject({ code: 0, stdout: '' })
  const temporary = mkdtempSync(join(folder, 'temporary-'))
  vi.stubEnv('TMPDIR', temporary)
  const back = await finetune(
    ['convert', '-', '-', '--to', 'json'],
    readFileSync(join(folder, 'piped.parquet')),
  )
  expect(JSON.parse(back.stdout)).toEqual(runs)
  expect([back.code, back.stderr]).toEqual([
    0,
    '85 records read from stdin (Parquet): 85 written to stdout (JSON), 0 rejected\n',
  ])
  expect(readdirSync(temporary)).toEqual([])
  vi.unstubAllEnvs()
  const homeless = { TMPDIR: join(folder, 'piped.parquet') } // no folder
  expect(
    await spawnFinetune(folder, ['convert', '-', '-'], {
      stdin: readFileSync(join(folder, 'piped.parquet')),
      env: homeless,
    }),
  ).toEqual({
    code: 2,
    stdout: '',
    stderr: `${homeless.TMPDIR}: a temporary file cannot be written (ENOTDIR). Pass the folder for temporary files by TMPDIR.\n`,
  })
  written('cut.parquet', readFileSync(join(folder, 'piped.parquet')).subarray(0, 3000))
  expect(await finetune(['convert', 'cut.parquet', '-'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^cut\.parquet: not Parquet: /) as string,
  })
})

test('convert stops at a bad record, goes on without it, or keeps it aside, as it is told', async () => {
  const complaint = 'bad.ndjson:2:23 not NDJSON: expected a key in double quotes, found the end of the text\n'
  const stopped = await finetune(['convert', bad, 'stopped.json'])
  expect(stopped).toEqual({
    code: 1,
    stdout: '',
    stderr: `${complaint}Stopped at a bad record: stopped.json was not written. Pass --bad skip to continue without such records.\n`,
  })
  const [skipped, kept, shared] = await Promise.all([
    finetune(['convert', bad, 'skipped.csv', '--bad', 'skip']),
    finetune(['convert', bad, 'kept.ndjson', '--bad', 'quarantine=kept.letters']),
    finetune(['convert', bad, 'shared.ndjson', '--bad', 'quarantine=shared.letters', '--threads', '2']),
  ])
  expect(skipped).toEqual({ code: 1, stdout: '', stderr: complaint + counts('skipped.csv (CSV)') })
  expect(kept).toEqual({ code: 1, stdout: '', stderr: counts('kept.ndjson (NDJSON)') })
  expect(shared).toEqual({ code: 1, stdout: '', stderr: counts('shared.ndjson (NDJSON)') })
  expect(content('kept.ndjson')).toBe(toNdjson(runs))
  expect(content('shared.ndjson')).toBe(toNdjson(runs))
  const letter = JSON.parse(content('kept.letters')) as object
  expect(letter).toMatchObject({ source: bad, line: 2, raw: '{"object":"fine-tune",', encoding: 'utf-8' })
  expect(content('shared.letters')).toBe(content('kept.letters'))
  expect(existsSync(join(folder, 'stopped.json'))).toBe(false)
  expect(hidden()).toEqual([])
})

test('convert by several threads gives what one gives, with the same places', async () => {
  const many = written('many.ndjson', `${[...lines.slice(0, -1), '{}'].join('\n')}\r\n`.repeat(20))
  const args = ['--bad', 'skip', '--to', 'csv']
  const [one, two] = await Promise.all([
    finetune(['convert', many, '-', ...args]),
    finetune(['convert', many, '-', ...args, '--threads', '2']),
  ])
  expect(two.stdout).toBe(one.stdout)
  expect(two.stderr).toBe(one.stderr)
  expect(one.stderr).toContain('many.ndjson:172:1 /id: missing, expected string\n')
  expect(one.stderr).toContain(
    '1720 records read from many.ndjson (NDJSON): 1700 written to stdout (CSV), 20 rejected',
  )
})

test('convert says in one line why it cannot be done', async () => {
  const all = await Promise.all(
    [
      ['none.json', 'x.csv'],
      [good, 'x.doc'],
      [good, 'x.csv', '--to', 'frob'],
      [good, 'x.csv', '--bad', 'frob'],
      [good, 'no/folder/x.csv'],
      [written('other.json', '{"object":"chat.completion"}'), 'x.csv'],
      [written('book.ipynb', '{"cells":[],"nbformat":4}'), 'x.csv'],
    ].map(args => finetune(['convert', ...args])),
  )
  expect(all.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2, 2])
  expect(all.map(({ stderr }) => stderr)).toEqual([
    'none.json: no such file. Check the path.\n',
    expect.stringMatching(/^x\.doc: cannot tell the output format\. Pass --to FORMAT \(json, .+\)\.\n$/),
    expect.stringMatching(
      /^Invalid value for flag --to: "frob"\. Expected: json, .+\. See finetune convert --help\.\n$/,
    ),
    'Invalid value for flag --bad: "frob". Expected: fail, skip or quarantine=FILE. See finetune convert --help.\n',
    'no/folder/x.csv: no such folder. Create it first.\n',
    'other.json: unknown kind of record: no kind of record here is called "chat.completion". Pass --kind KIND.\n',
    'book.ipynb: a Jupyter notebook. Pass a file of records.\n',
  ])
})

test('convert leaves nothing half-written when it is interrupted, or when nobody reads on', async () => {
  const start = (...args: ReadonlyArray<string>) => {
    const child = spawn(
      process.execPath,
      ['--conditions=@finetune-kit/source', program, 'convert', ...args],
      { cwd: folder },
    )
    child.stdin.on('error', () => {})
    return child
  }
  const interrupted = start('-', 'partial.ndjson')
  interrupted.stdin.write(toNdjson(runs))
  await vi.waitUntil(() => hidden().length > 0, { timeout: 200_000 })
  interrupted.kill('SIGINT')
  await once(interrupted, 'close')
  expect(existsSync(join(folder, 'partial.ndjson'))).toBe(false)

  const large = written('large.ndjson', toNdjson(runs).repeat(20))
  const unread = start(large, '-', '--bad', 'quarantine=unread.letters')
  let stderr = ''
  unread.stderr.on('data', piece => (stderr += piece))
  unread.stdout.once('data', () => unread.stdout.destroy())
  await once(unread, 'close')
  expect(stderr).toBe('')
  expect(existsSync(join(folder, 'unread.letters'))).toBe(false)
  expect(hidden()).toEqual([])
})

test('convert writes its output whole where nobody reads what it complains of', async () => {
  const input = written('bad-half.ndjson', `${toNdjson(runs)}oops\n`.repeat(20))
  const child = startFinetune(folder, ['convert', input, 'unheard.ndjson', '--bad', 'skip'])
  child.stderr.destroy()
  const [code] = await once(child, 'close')
  expect(code).toBe(1)
  expect(readFileSync(join(folder, 'unheard.ndjson'), 'utf8')).toBe(toNdjson(runs).repeat(20))
})

test('what a terminal does not show is refused, and goes to a pipe', async () => {
  const refusal =
    'stdout: a terminal, and the output is binary. Pass the name of a file, or write to a pipe.\n'
  for (const format of formats) {
    const args = ['convert', good, '-', '--to', format.name]
    const piped = await runFinetune(args)
    const { code, stdout, stderr } = await runFinetune(args, { printsToTerminal: true })
    if (['MessagePack', 'Avro', 'Parquet'].includes(format.name))
      expect([code, stdout, stderr]).toEqual([2, '', refusal])
    else expect([code, stdout]).toEqual([0, piped.stdout])
  }
  expect(await runFinetune(['report', good], { printsToTerminal: true })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'report: standard output is a terminal, which shows no HTML. Pass -o FILE, or write to a pipe.\n',
  })
})
