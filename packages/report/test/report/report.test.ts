import { createHash } from 'node:crypto'
import { RecordKind } from '@finetune-kit/model'
import { ResultMetrics } from '@finetune-kit/model/results'
import { simulateJobs, simulateRuns } from '@finetune-kit/model/testing'
import { namesOf, report, type ReportRun } from '@finetune-kit/report'
import { describe, expect, test } from 'vitest'
import { style, styleHash } from '../../src/report/style.ts'

const kindOf = (name: string): RecordKind.RecordKind => {
  const kind = RecordKind.byName(name)
  if (kind === undefined) throw new Error(name)
  return kind
}

const jobs: ReadonlyArray<ReportRun> = simulateJobs().map(
  ({ id, snapshots, events, checkpoints, results }) => ({
    id,
    kind: kindOf('job'),
    snapshots,
    events,
    checkpoints,
    results: results === null ? [] : [ResultMetrics.parse(results)],
  }),
)
const [, , job = jobs[0] as ReportRun] = jobs
const fineTunes: ReadonlyArray<ReportRun> = [...Map.groupBy(simulateRuns(), ({ id }) => id)].map(
  ([id, snapshots]) => ({ id, kind: kindOf('fine-tune'), snapshots }),
)

/** The texts of a report without its style. */
const bodyOf = (html: string): string => html.slice(html.indexOf('<body>'))

test('styleHash is the digest of the style', () => {
  expect(styleHash).toBe(`sha256-${createHash('sha256').update(style).digest('base64')}`)
})

describe('report', () => {
  test('report of a run tells its course, curves, summary and story', () => {
    const html = report([job])
    expect(html).toContain(`<title>${job.id}</title>`)
    for (const heading of ['Timeline', 'Curves', 'Summary', 'Story'])
      expect(html).toContain(`<h2>${heading}</h2>`)
    expect(html).toContain('<dt>Learning rate multiplier</dt><dd class="number">0.9</dd>')
    expect(html).toContain('<figcaption>Loss by step')
    expect(html).toMatch(
      /<desc id="chart-1-description">train loss: [\d.]+ at step 1, [\d.]+ at step 90, best /,
    )
    expect(html).toContain('status: <del>queued</del> → <ins>running</ins>')
  })

  test('report of several runs compares them, what differs first', () => {
    const html = report(jobs.slice(0, 4), { baseline: job.id })
    expect(html).toContain('<title>4 runs compared</title>')
    expect(html).toContain(`${job.id} (baseline)`)
    for (const heading of ['Differences', 'Curves', 'Hyperparameters and final metrics', 'Runs'])
      expect(html).toContain(`<h2>${heading}</h2>`)
    expect(html.indexOf('>Train loss</th>')).toBeLessThan(html.indexOf('The same in all runs'))
    expect(html.indexOf('>Kind</th>')).toBeGreaterThan(html.indexOf('The same in all runs'))
    expect(html).toContain('<figcaption>Train loss by step')
    for (const [i, { id }] of jobs.slice(0, 4).entries())
      expect(html).toContain(`<h3><i class="swatch series-${i} dash-${i}"></i><code>${id}</code></h3>`)
  })

  test('report of runs that differ in very much leads to the curves', () => {
    const many = [1, 2].map(factor =>
      Object.assign({}, job, {
        snapshots: job.snapshots.map(snapshot =>
          Object.assign({}, snapshot, {
            hyperparameters: Object.fromEntries(
              Array.from({ length: 200 }, (_, i) => [`extra_${i}`, i * factor + 1]),
            ),
          }),
        ),
      }),
    )
    const html = report(many)
    expect(html).toMatch(/<details><summary>More differences: 1\d\d<\/summary>/)
    const fold = html.indexOf('More differences')
    expect(html.slice(0, fold).match(/>Extra \d+</g)?.length).toBeLessThan(61)
    expect(html.slice(fold)).toContain('>Extra 198<')
    expect(report(jobs.slice(0, 4))).not.toContain('More differences')
  })

  test('report of equal runs says that nothing differs, and names both', () => {
    const html = report([job, job])
    expect(html).toContain('<p>Nothing differs.</p>')
    expect(html).toContain(`<code>${job.id} (2)</code>`)
  })

  test('report is one text for the same runs of both families, with nothing to run or to load', () => {
    for (const run of [...jobs, ...fineTunes]) {
      const html = report([run])
      expect(report([run])).toBe(html)
      expect(html).not.toMatch(
        /<script|<link|<img|<iframe| src=| href=| on\w+=| style=|url\(|@import|NaN|undefined/,
      )
      expect(html).toContain(`content="default-src &#39;none&#39;; style-src &#39;${styleHash}&#39;`)
    }
  })

  test('report shows what comes out of a record as text', () => {
    const hostile = '</title></style><img src=x onerror="alert(1)">\u202e'
    const events = [
      {
        object: 'fine_tuning.job.event',
        id: hostile,
        created_at: 5,
        level: 'info',
        message: hostile,
        data: { step: 1, [hostile]: 1 },
      },
    ] as unknown as NonNullable<ReportRun['events']>
    const last = {
      ...(job.snapshots.at(-1) as object),
      id: hostile,
      model: hostile,
      [hostile]: hostile,
      fine_tuned_model: hostile,
    }
    for (const runs of [
      [{ ...job, id: hostile, snapshots: [last], events }],
      [job, { ...job, id: hostile, snapshots: [last], events }],
    ]) {
      const html = report(runs, { baseline: hostile })
      expect(bodyOf(html)).not.toContain('<img')
      expect(html.match(/<\/title>/g)?.length).toBe((html.match(/<title/g) ?? []).length)
      expect(html.match(/<\/style>/g)).toHaveLength(1)
      expect(html).not.toContain('\u202e')
      expect(html).toContain('\\u202e')
    }
  })

  test('report hides API keys and organization ids on request', () => {
    const message = 'Incorrect API key: sk-Tomato123 of org-bakery'
    const last = {
      ...(job.snapshots.at(-1) as object),
      status: 'failed',
      organization_id: 'org-bakery',
      error: { code: 'x', message, param: null },
    }
    const run = { ...job, id: 'sk-Tomato123', snapshots: [last] }
    for (const runs of [[run], [run, job]]) {
      expect(report(runs)).toContain('sk-Tomato123')
      const html = report(runs, { redacted: true, baseline: run.id })
      expect(html).not.toMatch(/Tomato|bakery/)
      expect(html).toContain('Incorrect API key: sk-… of org-…')
    }
  })

  test('report of a run without an id, or with nothing but its snapshot, has a name', () => {
    const html = report([{ ...job, id: '', events: [], checkpoints: [], results: [] }])
    expect(html).toContain('<title>run without an id</title>')
    expect(html).not.toContain('<h2>Curves</h2>')
    expect(namesOf([{ id: '' }, { id: ' \n' }, { id: 'a' }])).toEqual([
      'run without an id',
      'run without an id (2)',
      'a',
    ])
  })
})
