import { FineTuneSnapshot } from '@finetune-kit/model'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { story, storyText } from '@finetune-kit/diff/story'
import { pendingRun, succeededRun } from '../samples.ts'

const running = {
  ...pendingRun,
  status: 'running',
  updated_at: 1_690_000_100,
  events: succeededRun.events?.slice(0, 2) ?? [],
}

test('story tells the moments of a run oldest first, whatever order its snapshots come in', () => {
  const moments = story(FineTuneSnapshot)([succeededRun, running, pendingRun, running])
  expect(moments.map(({ at, snapshot }) => [at, snapshot])).toEqual([
    [1_690_000_010, 2],
    [1_690_000_100, 1],
    [1_690_000_500, 0],
  ])
  expect(storyText(moments)).toMatchInlineSnapshot(`
    "2023-07-22T04:26:50Z
      + first seen at 2023-07-22T04:26:50Z, pending, base model curie
      + 1 new event
    2023-07-22T04:28:20Z
      ~ status: pending → running after 1 min 30 s
      + training started at 2023-07-22T04:28:20Z
      + 1 new event
    2023-07-22T04:35:00Z
      ~ status: running → succeeded after 6 min 40 s
      + model published: curie:ft-example-2023-07-22-04-26-40
      + training file processed: train.jsonl (file-train)
      + result file added: compiled_results.csv (file-result), 5,120 bytes
      + Hyperparams › Batch size resolved by the service: 1
      + Hyperparams › Learning rate multiplier resolved by the service: 0.1
      + 1 new event"
  `)
})

test('story tells what had happened before the first snapshot', () => {
  expect(storyText(story(FineTuneSnapshot)([running]))).toBe(
    [
      '2023-07-22T04:28:20Z',
      '  + first seen at 2023-07-22T04:28:20Z, running, base model curie',
      '  + training started at 2023-07-22T04:28:20Z',
      '  + 2 new events',
    ].join('\n'),
  )
})

test('story of a run whose log is left out begins all the same', () => {
  const { events: _, ...listed } = running
  expect(storyText(story(FineTuneSnapshot)([listed]))).toBe(
    '2023-07-22T04:28:20Z\n  + first seen at 2023-07-22T04:28:20Z, running, base model curie',
  )
})

test('story keeps the order of snapshots that do not say when they are from', () => {
  const moments = story(t.type({ x: t.number }))([{ x: 1 }, { x: 1 }, { x: 2 }])
  expect(storyText(moments)).toBe('snapshot 1\n  nothing changed\nsnapshot 3\n  ~ x: 1 → 2')
  expect(story(t.unknown)([])).toEqual([])
})
