import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Watch } from '@finetune-kit/watch'
import * as Effect from 'effect/Effect'
import { expect, test } from 'vitest'
import { newTeller, verdict } from '../../src/commands/watchWords.ts'
import { Io } from '../../src/Io.ts'

/** Watches of runs, each with its state and status; of all runs, where none is named. */
const watchesOf = (...states: ReadonlyArray<string>): ReadonlyArray<Watch> =>
  states.map((words, watch) => {
    const [name = '', state, status = ''] = words.split(' ')
    const runId = name.startsWith('all') ? undefined : name
    return { watch, runId, state, status, lastPollAt: name === 'all-unpolled' ? 0 : 1 } as Watch
  })

test.each([
  { code: undefined, until: 'ended', watches: ['a active', 'b ended succeeded'] },
  { code: undefined, until: 'ended', watches: ['a active', 'b ended failed'] },
  { code: undefined, until: 'ended', watches: ['a active', 'b paused'] },
  { code: 1, until: 'succeeded', watches: ['a active', 'b ended cancelled'] },
  { code: 0, until: 'ended', watches: ['a ended succeeded', 'b ended succeeded'] },
  { code: 0, until: 'succeeded', watches: ['a ended succeeded'] },
  { code: 1, until: 'ended', watches: ['a ended succeeded', 'b ended failed'] },
  { code: 2, until: 'ended', watches: ['a ended succeeded', 'b paused'] },
  { code: 2, until: 'ended', watches: ['a ended failed', 'b stopped'] },
  { code: 1, until: 'succeeded', watches: ['a ended failed', 'b paused'] },
  { code: undefined, until: undefined, watches: ['all active', 'a ended failed'] },
  { code: undefined, until: undefined, watches: ['all active', 'a paused'] },
  { code: 2, until: undefined, watches: ['all paused', 'a paused'] },
  { code: undefined, until: undefined, watches: ['all paused', 'a active'] },
  { code: undefined, until: 'ended', watches: ['all-unpolled active'] },
  { code: undefined, until: 'ended', watches: ['all-unpolled active', 'a ended succeeded'] },
  { code: 0, until: 'ended', watches: ['all active'] },
  { code: 0, until: 'ended', watches: ['all active', 'a ended succeeded'] },
  { code: undefined, until: 'ended', watches: ['all active', 'a active'] },
] as const)('a watch until $until ends with $code at $watches', ({ code, until, watches }) => {
  expect(verdict(watchesOf(...watches), until)).toBe(code)
})

test('an outage of the database is told, and its end', async () => {
  const tell = newTeller()
  const stderr = new PassThrough()
  const told = Effect.andThen(
    tell({ _tag: 'DatabaseFault', message: 'a.db: the disk is full.' }, false),
    tell({ _tag: 'DatabaseBack', subject: 'a.db' }, false),
  )
  await Effect.runPromise(
    Effect.flatMap(Io, io => Effect.provideService(told, Io, Object.assign({}, io, { stderr }))),
  )
  stderr.end()
  expect(await text(stderr)).toBe(
    'a.db: the disk is full.\n  Watching continues after that.\na.db: it can be written again.\n',
  )
})
