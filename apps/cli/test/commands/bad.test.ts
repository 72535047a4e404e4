/**
 * Records that cannot be read, and records that cannot be written: by one thread, or by several.
 */
import { existsSync, readdirSync } from 'node:fs'
import { Canonical } from '@finetune-kit/codec'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { encodeAll } from '@finetune-kit/serialization'
import { Avro } from '@finetune-kit/serialization/avro'
import { expect, test } from 'vitest'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import { folderOfTests } from '../runFinetune.ts'

const { finetune, written, content, folder } = folderOfTests()

const [a, b, c, d] = simulateRuns()
const canonical = (value: unknown) => {
  const text = Canonical.stringify(value)
  return text._tag === 'Right' ? text.right : ''
}
/** Half of a surrogate pair, which JSON can say and canonical JSON cannot. */
const half = { ...a, model: '\ud800' }

const toCanonical = (...args: ReadonlyArray<string>) =>
  finetune(['convert', 'half.ndjson', ...args, '--to', 'canonical-json'])
const counts = (name: string) =>
  `6 records read from half.ndjson (NDJSON): 4 written to ${name} (canonical JSON), 2 rejected\n`

test('convert stops at the first record that cannot be written, behind all that can', async () => {
  written('half.ndjson', toNdjson([a, b, half, c, half, d]))
  const complaint =
    'half.ndjson: record 3 /model: cannot be written: a lone surrogate has no place in a text\n'
  const [printed, stopped, skipped, kept] = await Promise.all([
    toCanonical('-'),
    toCanonical('stopped.json'),
    toCanonical('-', '--bad', 'skip'),
    toCanonical('kept.json', '--bad', 'quarantine=kept.letters'),
  ])
  expect(printed).toEqual({
    code: 1,
    stdout: `[${canonical(a)},${canonical(b)}`,
    stderr: `${complaint}Stopped at a bad record: stdout ends there. Pass --bad skip to continue without such records.\n`,
  })
  expect(stopped).toEqual({
    code: 1,
    stdout: '',
    stderr: `${complaint}Stopped at a bad record: stopped.json was not written. Pass --bad skip to continue without such records.\n`,
  })
  const all = `[${[a, b, c, d].map(canonical).join(',')}]`
  expect(skipped).toEqual({
    code: 1,
    stdout: all,
    stderr: complaint + complaint.replace('record 3', 'record 5') + counts('stdout'),
  })
  expect(kept).toEqual({ code: 1, stdout: '', stderr: counts('kept.json') })
  expect([content('kept.json'), existsSync('stopped.json')]).toEqual([all, false])
  const letter = (index: number) => ({
    error: complaint.trimEnd().replace('record 3', `record ${index + 1}`),
    raw: JSON.stringify(half),
    encoding: 'utf-8',
    index,
    source: 'half.ndjson',
  })
  expect(
    content('kept.letters')
      ?.trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as unknown),
  ).toEqual([letter(2), letter(4)])
})

const good = toNdjson(simulateRuns()).repeat(12) // more than a block
test.each([
  ['first.ndjson', 'ndjson', `{"object":\r\n${good}`],
  [
    'second.ndjson',
    'ndjson',
    `${toNdjson([a])}\n \t\r\n${good}[]\n{"id":"ft-\n${'rubbish\n'.repeat(30)}${toNdjson([b])}`,
  ],
  [
    'all.ndjson',
    'canonical-json',
    `\n${good}{}\r\n\r\n${toNdjson([half, a])}null\nnull\n${good}${toNdjson([half])}\n\n{}\r\n${toNdjson([c])}{"object":"fine-tune"`,
  ],
])('convert by several threads does with %s all that one does', async (name, to, text) => {
  expect(text.length).toBeGreaterThan(1024 * 1024)
  written(name, text)
  for (const bad of ['fail', 'skip', 'quarantine=']) {
    const convert = async (jobs: string) => {
      const letters = `${name}.${jobs}.letters`
      const policy = bad.replace(/=$/, `=${letters}`)
      const result = await finetune(['convert', name, '-', '--to', to, '--bad', policy, '--threads', jobs])
      return { ...result, letters: existsSync(letters) ? content(letters) : undefined }
    }
    const [one, two] = await Promise.all([convert('1'), convert('2')])
    expect(one.code).toBe(1)
    expect(one.stderr).not.toBe('')
    if (name !== 'first.ndjson' || bad !== 'fail') expect(one.stdout.length).toBeGreaterThan(1024 * 1024)
    expect(two).toEqual(one)
  }
  expect(readdirSync(folder).filter(file => file.startsWith('.'))).toEqual([])
})

test('convert asks what an input holds when it begins with more than is looked at and no record', async () => {
  const records = toNdjson(simulateRuns().flatMap(({ events = [] }) => events))
  written('late.ndjson', `${' '.repeat(1023)}\n`.repeat(16 * 1024) + records)
  expect(await finetune(['convert', 'late.ndjson', '-'])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'late.ndjson: unknown kind of record: its first 16 MiB hold no record that can be read. Pass --kind KIND.\n',
  })
  expect(await finetune(['convert', 'late.ndjson', '-', '--kind', 'event'])).toMatchObject({
    code: 0,
    stdout: records,
  })
})

test('convert sees what an input holds that is read as a whole, and longer than what is looked at', async () => {
  const comment = `# ${'x'.repeat(1021)}\n`.repeat(1024)
  const event = 'object: fine-tune-event\ncreated_at: 1\nlevel: info\nmessage: hello\n'
  written('long.yaml', `---\n${comment}${event}`.repeat(18))
  const record = '{"object":"fine-tune-event","created_at":1,"level":"info","message":"hello"}\n'
  expect(await finetune(['convert', 'long.yaml', '-', '--to', 'ndjson'])).toMatchObject({
    code: 0,
    stdout: record.repeat(18),
  })
})

test('finetune tells of damage between records that can all be read, and ends with 1', async () => {
  const made = encodeAll(Avro.of(FineTuneSnapshot))([a, b] as ReadonlyArray<FineTuneSnapshot>)
  const bytes = made._tag === 'Right' ? made.right.slice() : new Uint8Array(0)
  bytes[bytes.length - 1]! ^= 1
  written('marker.avro', bytes)
  const [one, two, three, four] = await Promise.all([
    finetune(['convert', 'marker.avro', '-', '--bad', 'skip']),
    finetune(['validate', 'marker.avro']),
    finetune(['diff', 'marker.avro', 'marker.avro']),
    finetune(['log', 'marker.avro']),
  ])
  const at = bytes.length - 1
  const complaint = `marker.avro: not Avro: a sync marker that differs in 1 of 16 bytes (byte ${at})\n`
  const counts = '2 records read from marker.avro (Avro): 2 written to stdout (NDJSON), 0 rejected\n'
  expect(one).toMatchObject({ code: 1, stderr: complaint + counts })
  expect(one.stdout.split('\n')).toHaveLength(3)
  expect(two).toEqual({ code: 1, stdout: complaint, stderr: '1 file: 2 fine-tunes, 0 invalid\n' })
  expect(three).toEqual({ code: 2, stdout: '', stderr: complaint })
  expect(four).toMatchObject({ code: 1, stderr: complaint })
})
