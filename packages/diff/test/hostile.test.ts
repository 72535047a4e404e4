import { FineTuneSnapshot, FineTuningJobSnapshot } from '@finetune-kit/model'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { sideBySide, sideBySideText, unifiedText } from '@finetune-kit/diff'
import {
  Change,
  changeHtml,
  changeMarkdown,
  changeText,
  compareRuns,
  comparisonCsv,
  comparisonHtml,
  comparisonMarkdown,
  comparisonText,
  story,
  storyText,
} from '@finetune-kit/diff/story'
import { jobCheckpoint, pendingRun, queuedJob } from './samples.ts'

/** Attacks on a reader of a record: as a value, as a key, and as an event's message. */
const payloads: Readonly<Record<string, string>> = {
  script: '<script>alert(1)</script>',
  image: '<img src=x onerror=alert(1)>',
  attribute: '" onmouseover="alert(1)',
  'javascript link': '[click](javascript:alert(1))',
  'end of script': '</script><script>alert(1)',
  entity: '&lt;script&gt;',
  'ANSI colours': '\u001b[31mred\u001b[0m',
  'C1 control sequence': '\u009b2J',
  'OSC-8 link': '\u001b]8;;https://evil.example\u0007here\u001b]8;;\u0007',
  'bidirectional override': 'file-\u202egnp.exe',
  'bidirectional isolate': '\u2066\u2069',
  'zero width': 'pay\u200bpal',
  pipes: 'a | b | c',
  backticks: '`` ` ```',
  'code fence': '```\n# title',
  mention: '@octocat and #1',
  'line ends': 'one\r\n- two\u2028three',
  'workflow command': '::error file=app.js::broken',
  'older workflow command': '##[error]broken',
  'hidden workflow command': '\n::set-env name=PATH::/tmp',
}

const changesOf = (payload: string) => [
  ...Change.of(t.unknown)({ [payload]: 'a' }, { [payload]: payload }),
  ...Change.of(FineTuneSnapshot)(pendingRun, {
    ...pendingRun,
    status: payload,
    fine_tuned_model: payload,
    training_files: pendingRun.training_files.map(file => ({ ...file, id: payload, filename: payload })),
    events: [
      ...(pendingRun.events ?? []),
      { object: 'fine-tune-event', created_at: 1, level: 'info', message: payload },
      { object: 'fine-tune-event', created_at: 1, level: 'error', message: `Fine-tune failed. ${payload}` },
    ],
  }),
]

/** The story of a job whose events and checkpoints hold the payload. */
const joined = (payload: string) => {
  const event = (message: string) => ({
    id: payload,
    object: 'fine_tuning.job.event' as const,
    created_at: 1_700_000_001,
    level: payload,
    message,
  })
  const metrics = { [payload]: 1 }
  return story(FineTuningJobSnapshot)([{ ...queuedJob, model: payload }], {
    events: [event(payload), event(`Fine-tuning job failed. ${payload}`), event(`Step 1/2: ${payload}=1`)],
    checkpoints: [{ ...jobCheckpoint, fine_tuned_model_checkpoint: payload, metrics }],
  })
}

const steering =
  // oxlint-disable-next-line no-control-regex -- these are the characters that must not be there
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

describe.each(Object.entries(payloads))('against %s', (_, payload) => {
  const changes = changesOf(payload)

  test('changeText cannot steer a terminal or a workflow run', () => {
    const text = changeText(changes)
    expect(text).not.toMatch(steering)
    expect(text.split('\n')).toHaveLength(changes.length)
    expect(text).not.toMatch(/^\s*::|##\[/m)
  })

  const [a, b] = [
    { [payload]: payload, note: `before ${payload} after` },
    { [payload]: 'b', note: `before ${payload} later` },
  ]
  const rows = sideBySide(t.unknown)(a, b, { all: true })
  const comparison = compareRuns(
    ['one', 'two'].map(id => ({
      run: {
        ...queuedJob,
        id: `${payload}${id}`,
        status: payload,
        method: { type: 'supervised', supervised: { hyperparameters: { [payload]: `${payload}${id}` } } },
      } as FineTuningJobSnapshot,
    })),
    { all: true },
  )

  test.each([
    ['sideBySideText', sideBySideText(rows)],
    ['sideBySideText in narrow columns', sideBySideText(rows, { width: 21 })],
    ['unifiedText', unifiedText(rows)],
    ['comparisonText', comparisonText(comparison)],
    ['comparisonText in runs as rows', comparisonText(comparison, { width: 40 })],
    ['storyText', storyText(story(t.unknown)([a, b]))],
    ['storyText of events and checkpoints', storyText(joined(payload))],
  ])('%s cannot steer a terminal or a workflow run', (_, text) => {
    expect(text).not.toMatch(steering)
    expect(text).not.toMatch(/^\s*::|##\[/m)
  })

  test('comparisonMarkdown keeps its columns', () => {
    const table = comparisonMarkdown(comparison).split('\n')
    expect(table).toHaveLength(2 + comparison.rows.length)
    for (const line of table) {
      expect(line).not.toMatch(steering)
      expect(line.replaceAll('\\|', '').match(/\|/g)).toHaveLength(4)
      expect(outsideOfCode(line.replaceAll('\\|', ''))).toMatch(/^[-| *]*$/)
    }
  })

  test('changeMarkdown makes nothing of it', () => {
    const markdown = changeMarkdown(changes, { title: payload })
    expect(markdown).not.toMatch(steering)
    expect(markdown).not.toMatch(/^\s*::|##\[/m)
    expect(markdown.split('\n')).toHaveLength(changes.length + 2)
    // every line begins as ours do, and outside of code there is nothing but our words
    for (const line of markdown.split('\n').filter(line => line !== '')) {
      expect(line).toMatch(/^(?:- |### )/)
      expect(outsideOfCode(line)).toMatch(/^[-# a-z0-9:,.()~→:TZ]*$/)
    }
  })

  test('comparisonHtml holds no element and no attribute but ours', () => {
    const html = comparisonHtml(comparison, { title: payload })
    expect(html).not.toMatch(steering)
    for (const tag of html.match(/<[^>]*>/g) ?? [])
      expect(tag).toMatch(
        /^<(?:\/?(?:table|caption|tr|th|td)|table class="comparison"|tr class="differs"|t[hd] (?:scope="(?:row|col)"|class="(?:number|best|number best)"))>$/,
      )
    expect(html.replace(/<[^>]*>/g, '')).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
  })

  test('comparisonCsv holds no formula and keeps its rows', () => {
    const csv = comparisonCsv(comparison)
    expect(csv).not.toMatch(/(?:^|,)"?[=+@\t\r]/m)
  })

  test('changeHtml holds no element and no attribute but ours', () => {
    const html = changeHtml(changes, { title: payload })
    expect(html).not.toMatch(steering)
    const tags = html.match(/<[^>]*>/g) ?? []
    for (const tag of tags)
      expect(tag).toMatch(
        /^<(?:\/?(?:h3|ul|li|b|del|ins|code)|ul class="changes"|li class="change [A-Za-z]+")>$/,
      )
    expect(html.replace(/<[^>]*>/g, '')).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
  })
})

test.each(['=1', '+1', '-1', '@A1', '＝1', ' =1', '\u0000=1', '\u00a0@A1', '\ttext', '\n1'])(
  'comparisonCsv marks %j as text',
  text => {
    const csv = comparisonCsv({ runs: [text], baseline: null, rows: [] })
    expect(csv.replace(/^id\r\n"?/, '')).toMatch(/^'/)
  },
)

test.each(['a;=1', 'a\t=1'])('comparisonCsv quotes %j, whatever delimits the cells', text => {
  expect(comparisonCsv({ runs: [text], baseline: null, rows: [] })).toBe(`id\r\n"${text}"`)
})

/** The text outside of code spans: section 6.1 of CommonMark, by matching backtick strings. */
const outsideOfCode = (line: string): string => {
  let out = ''
  let rest = line
  for (let open = /`+/.exec(rest); open !== null; open = /`+/.exec(rest)) {
    out += rest.slice(0, open.index)
    rest = rest.slice(open.index + open[0].length)
    const close = new RegExp(`(?<!\`)\`{${open[0].length}}(?!\`)`).exec(rest)
    if (close === null) return `${out}${open[0]}${rest}`
    rest = rest.slice(close.index + close[0].length)
  }
  return out + rest
}

test('changeText paints with colours of its own only on request', () => {
  const changes = Change.of(t.unknown)({ a: '\u001b[31m' }, { a: 'b' })
  expect(changeText(changes, { colours: true })).toBe(
    '\u001b[33m~\u001b[0m \u001b[1ma\u001b[0m: \u001b[31m"\\u001b[31m"\u001b[0m → \u001b[32m"b"\u001b[0m',
  )
})
