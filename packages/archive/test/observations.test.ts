import { decode, draw } from '@finetune-kit/codec'
import type { Observation } from '@finetune-kit/model'
import { simulateRuns, toNdjson } from '@finetune-kit/model/testing'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { expect, test } from 'vitest'
import { anyKindCodec, observations, openInput } from '@finetune-kit/archive'

const [run] = simulateRuns()
const observation = (record: unknown): Observation => ({
  object: 'finetune-kit.observation',
  seen_at: 7,
  source: 'https://api.example',
  run_id: 'ftjob-1',
  record,
})

/** The observation of a record of the input. */
const seen = (record: unknown) => ({
  object: 'finetune-kit.observation',
  seen_at: 42,
  source: 'runs.ndjson',
  run_id: 'ft-1',
  record,
})

const observe = (text: string) =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        const bytes = Stream.make(new TextEncoder().encode(text))
        const input = yield* openInput({ name: 'runs.ndjson', bytes })
        const batches = observations({ seenAt: 42, runId: 'ft-1' })(input)
        return (yield* Stream.runCollect(batches)).flat()
      }),
    ),
  )

test('observations keeps those of an input, and observes every other record and item of a list', async () => {
  const event = { object: 'fine-tune-event', created_at: 1, level: 'info', message: 'x' }
  const results = await observe(
    toNdjson([run, observation(event), { object: 'list', data: [event, run] }, { anything: 1 }]),
  )
  expect(results.map(result => (result._tag === 'Record' ? result.value : result._tag))).toEqual([
    seen(run),
    observation(event),
    seen(event),
    seen(run),
    seen({ anything: 1 }),
  ])
})

test('observations rejects what only looks like one, with its line', async () => {
  const results = await observe(toNdjson([run, { ...observation(run), seen_at: 'today' }]))
  expect(results).toMatchObject([{ _tag: 'Record' }, { _tag: 'Reject', line: 2, error: { _tag: 'Invalid' } }])
})

test('anyKindCodec decodes the record in an observation by its kind', () => {
  const codec = anyKindCodec()
  expect(codec.decode(observation(run))._tag).toBe('Right')
  const wrong = decode(codec)(observation({ ...run, status: 1 }))
  expect(wrong._tag === 'Left' && draw(wrong.left)).toBe('/record/status: expected string, found 1')
})
