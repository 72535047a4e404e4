import { Writable } from 'node:stream'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import { finetune } from '../src/finetuneCommand.ts'
import { Io } from '../src/Io.ts'
import { forTerminal } from '../src/forTerminal.ts'
import { canRedraw, hasColours } from '../src/Output.ts'
import { runFinetune } from './runFinetune.ts'

test('validate waits for a slow reader, and holds no more than a chunk makes', async () => {
  let held = 0
  let read = 0
  const stdout = new Writable({
    write(chunk: Buffer, _, done) {
      held = Math.max(held, stdout.writableLength)
      read += chunk.length
      setTimeout(done, 1)
    },
  })
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() })
  const chunk = new TextEncoder().encode('{"object":"fine-tune-event"}\n'.repeat(100))
  const stdin = Stream.fromIterable(
    Array.from({ length: 200 }, () => chunk),
    { chunkSize: 1 },
  )
  const io: Io = { stdin, stdout, stderr, exit: { code: 0 } }
  await Effect.runPromise(Effect.provideService(finetune(['validate', '-']), Io, io))
  expect(io.exit.code).toBe(1)
  expect(read).toBeGreaterThan(2_000_000)
  expect(held).toBeLessThan(100_000)
})

test('a record gives no command to a terminal, in no format, and stays as it is in a pipe', async () => {
  const model = 'gpt\u001b]52;c;cm0=\u0007\u009b2J\u202e\rred'
  const job = { id: 'j-1', object: 'fine_tuning.job', created_at: 1, model, status: 'running' }
  const stdin = [job, { ...job, id: `j-2${model}` }].map(one => `${JSON.stringify(one)}\n`).join('')
  for (const args of [
    ...['csv', 'json', 'text', 'html'].map(format => ['compare', '-', '--format', format]),
    ...['csv', 'yaml', 'ndjson'].map(format => ['convert', '-', '-', '--to', format]),
    ['log', '-', '--format', 'json'],
  ]) {
    const [shown, piped] = [
      await runFinetune(args, { stdin, printsToTerminal: true }),
      await runFinetune(args, { stdin }),
    ]
    expect(shown.stdout).not.toMatch(/[^\P{Cc}\r\n]|\r(?!\n)|\u202e/u)
    expect(shown.stdout.length).toBeGreaterThan(20)
    if (args.includes('csv')) expect(piped.stdout).toContain(model)
  }
})

test.each([
  ['our colours', '\u001b[1;31mred\u001b[0m\n', '\u001b[1;31mred\u001b[0m\n'],
  ['line ends and tabs', 'a\r\n\tb\r', 'a\r\n\tb\r'],
  ['letters of all languages', 'é 日本 👩‍🚀 שלום', 'é 日本 👩‍🚀 שלום'],
  ['a title', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
  ['a colour of 8 bits', '\u009b[31ma', '\\u009b[31ma'],
  ['a cursor', '\u001b[2J\u009bA\ra', '\\u001b[2J\\u009bA\\u000da'],
])('forTerminal of %s', (_, text, shown) => {
  expect(forTerminal(text)).toBe(shown)
})

test.each([
  ['a terminal', true, {}, true],
  ['a pipe', undefined, {}, false],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
  ['a pipe with FORCE_COLOR', undefined, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ['a terminal with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
] as const)('hasColours of %s', (_, isTerminal, env, expected) => {
  const output = new Writable()
  const colours = { hasColors: () => true }
  expect(hasColours(isTerminal ? Object.assign(output, colours) : output, env)).toBe(expected)
})

test('a progress is drawn on a terminal that can draw a line again, and nowhere else', () => {
  const drawn = [{ TERM: 'xterm' }, {}, { TERM: 'dumb' }].map(env => canRedraw({ isTTY: true }, env))
  expect(drawn).toEqual([true, true, false])
  expect(canRedraw({}, { TERM: 'xterm' })).toBe(false)
})
