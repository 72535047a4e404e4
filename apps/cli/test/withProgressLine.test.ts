import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import * as Effect from 'effect/Effect'
import { expect, test, vi } from 'vitest'
import { Io } from '../src/Io.ts'
import { withProgressLine } from '../src/withProgressLine.ts'

/** All that a terminal, or a pipe, gets while an effect runs that takes three draws. */
const written = async (isTTY: boolean): Promise<string> => {
  vi.stubEnv('TERM', 'xterm')
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 40 })
  let draws = 0
  const drawn = Effect.repeat(Effect.sleep('5 millis'), { until: () => !isTTY || draws >= 3 })
  const all = text(stderr)
  await Effect.runPromise(
    Effect.gen(function* () {
      const io = yield* Io
      const drawing = withProgressLine(columns => `${++draws} of ${columns}`)(drawn)
      yield* Effect.provideService(drawing, Io, Object.assign({}, io, { stderr }))
    }),
  )
  stderr.end()
  return all
}

test('a terminal gets the line again and again, each over the one before, and none at the end', async () => {
  const lines = (await written(true)).split('\r\u001b[2K')
  expect(lines.slice(0, 4)).toEqual(['', '1 of 40', '2 of 40', '3 of 40'])
  expect(lines.at(-1)).toBe('')
})

test('a pipe gets no progress', async () => {
  expect(await written(false)).toBe('')
})
