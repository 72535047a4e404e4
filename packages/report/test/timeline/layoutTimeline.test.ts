import { progressOf } from '@finetune-kit/model'
import { simulateJobs } from '@finetune-kit/model/testing'
import { drawTimeline, layoutTimeline, type Stage, toHtml } from '@finetune-kit/report'
import { describe, expect, test } from 'vitest'

const stages: ReadonlyArray<Stage> = [
  { name: 'validating', from: 100, to: 110 },
  { name: 'queued', from: 110, to: 150 },
  { name: 'training', from: 150, to: null },
]

describe('layoutTimeline', () => {
  test('layoutTimeline draws stages to scale, and one that lasts up to now', () => {
    const spans = layoutTimeline(stages, { width: 100, now: 200 })
    expect(spans.map(({ stage, x, width }) => [stage.name, x, width])).toEqual([
      ['validating', 0, 10],
      ['queued', 10, 40],
      ['training', 50, 50],
    ])
    expect(layoutTimeline(stages, { width: 100, now: null }).map(({ stage }) => stage.name)).toEqual([
      'validating',
      'queued',
    ])
  })

  test('layoutTimeline draws nothing of a single moment', () => {
    expect(layoutTimeline(stages.slice(2), { width: 100, now: 150 })).toEqual([])
    expect(layoutTimeline([], { width: 100, now: 200 })).toEqual([])
  })

  test('layoutTimeline keeps within its width, whatever the times are', () => {
    const odd = [
      { name: 'validating', from: -1e300, to: 1e308 },
      { name: 'queued', from: 1e308, to: 1e308 },
    ]
    const spans = layoutTimeline(odd, { width: 100, now: null })
    expect(spans.map(({ stage }) => stage.name)).toEqual(['validating', 'queued'])
    for (const { x, width } of spans) {
      expect(x >= 0 && x + width <= 100).toBe(true)
      expect(width).toBeGreaterThanOrEqual(2)
    }
  })
})

test('drawTimeline lists every stage with its duration', () => {
  const [, , job] = simulateJobs()
  const last = job?.snapshots.at(-1)
  if (job === undefined || last === undefined) throw new Error('no job')
  const html = toHtml(drawTimeline(progressOf(last, { events: job.events, checkpoints: job.checkpoints })))
  expect(html.match(/<rect /g)).toHaveLength(4)
  expect(html).toMatch(/<li><b class="state queued">queued<\/b> [\dT:Z-]+ for 2 min 37 s<\/li>/)
  expect(html).toMatch(/<b class="state succeeded">succeeded<\/b> [\dT:Z-]+<\/li>/)
})
