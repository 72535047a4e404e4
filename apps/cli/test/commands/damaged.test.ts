/** Compressed files that are cut, damaged or followed by other data. */
import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { expect, test } from 'vitest'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content } = folderOfTests()
const text = toNdjson(simulateRuns())
const packers = [
  ['gzip', 'gz', (bytes: string) => gzipSync(bytes)],
  ['zstd', 'zst', (bytes: string) => zstdCompressSync(bytes)],
  ['brotli', 'br', (bytes: string) => brotliCompressSync(bytes)],
] as const

test.each(packers)(
  'records before other data are read, then its place is told: %s',
  async (name, end, pack) => {
    const packed = pack(text)
    const file = written(`tail.ndjson.${end}`, Buffer.concat([packed, Buffer.from('more')]))
    const size = packed.length
    const line = `${file}: not ${name}: other data follows (byte ${size}). Remove it\n`
    expect(await finetune(['validate', file])).toEqual({
      code: 1,
      stdout: line,
      stderr: '1 file: 85 fine-tunes, 0 invalid\n',
    })
    const counts = `85 records read from ${file} (NDJSON): 85 written to stdout (NDJSON), 0 rejected\n`
    for (const threads of ['1', '2'])
      expect(await finetune(['convert', file, '-', '--bad', 'skip', '--threads', threads])).toEqual({
        code: 1,
        stdout: text,
        stderr: line + counts,
      })
    expect(await finetune(['convert', file, `out.${end}.ndjson`])).toEqual({
      code: 1,
      stdout: '',
      stderr: `${line}Stopped at what cannot be read: out.${end}.ndjson was not written. Pass --bad skip to continue without it.\n`,
    })
    expect((await finetune(['hash', file])).stderr).toBe(line)
  },
)

test('a cut file gives the records before the cut, and counts the one that is cut', async () => {
  const packed = gzipSync(text)
  const file = written('cut.ndjson.gz', packed.subarray(0, packed.length / 2))
  const line = `${file}: not gzip: the data is cut (byte ${Math.floor(packed.length / 2)}). Fetch the file again\n`
  const one = await finetune(['convert', file, '-', '--bad', 'skip'])
  const lines = one.stdout.split('\n').length - 1
  expect(lines).toBeGreaterThan(20)
  expect(text.startsWith(one.stdout)).toBe(true)
  expect(one).toMatchObject({
    code: 1,
    stderr: `${line}${lines + 1} records read from ${file} (NDJSON): ${lines} written to stdout (NDJSON), 1 rejected\n`,
  })
  expect(await finetune(['convert', file, '-', '--bad', 'skip', '--threads', '2'])).toEqual(one)
  expect(await finetune(['convert', file, 'out.json', '--bad', 'quarantine=bad.ndjson'])).toMatchObject({
    code: 1,
  })
  expect(JSON.parse(content('bad.ndjson'))).toEqual({
    source: file,
    offset: Math.floor(packed.length / 2),
    error: line.trim().slice(`${file}: `.length),
    raw: '',
    encoding: 'utf-8',
  })
  expect(await finetune(['validate', file])).toMatchObject({ code: 1, stdout: line })
})

test('a document that is cut is refused whole, with the place', async () => {
  const job = gzipSync(JSON.stringify(simulateRuns()[0]))
  const file = written('one.json.gz', Buffer.concat([job, Buffer.from('more')]))
  expect(await finetune(['patch', file, written('patch.json', '[]')])).toEqual({
    code: 2,
    stdout: '',
    stderr: `${file}: damaged gzip data: other data follows (byte ${job.length}). Remove it.\n`,
  })
})

test('records of several tables are read when damage follows one', async () => {
  const runs = toNdjson([...new Map(simulateRuns().map(run => [run.id, run])).values()])
  written('runs.ndjson', runs)
  await finetune(['convert', 'runs.ndjson', 'runs.csv.gz', '--tables'])
  const read = () => finetune(['convert', 'runs.csv.gz', '-', '--tables', '--to', 'ndjson', '--bad', 'skip'])
  const whole = await read()
  const events = readFileSync('runs.events.csv.gz')
  written('runs.events.csv.gz', Buffer.concat([events, Buffer.from('more')]))
  const { code, stdout, stderr } = await read()
  const line = `runs.events.csv.gz: not gzip: other data follows (byte ${events.length}). Remove it\n`
  expect([code, stdout === whole.stdout, stderr]).toEqual([1, true, line + whole.stderr])
  expect(stdout.split('\n').length).toBeGreaterThan(10)
})
