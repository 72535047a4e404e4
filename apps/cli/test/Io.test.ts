import { Writable } from 'node:stream'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import { finetune } from '../src/finetuneCommand.ts'
import { Io } from '../src/Io.ts'
import { canRedraw, hasColours } from '../src/Output.ts'

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
