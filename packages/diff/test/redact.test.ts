import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { redact, sideBySide, sideBySideText, unifiedText } from '@finetune-kit/diff'
import {
  Change,
  changeHtml,
  changeMarkdown,
  changeText,
  compareRuns,
  comparisonCsv,
  comparisonHtml,
  comparisonJson,
  comparisonMarkdown,
  comparisonText,
  story,
  storyText,
} from '@finetune-kit/diff/story'
import { queuedJob } from './samples.ts'

test.each([
  ['sk-Tomato123', 'sk-…'],
  ['Incorrect API key provided: sk-proj-Tom_ato-123.', 'Incorrect API key provided: sk-….'],
  ['sess-Tomato123 of org-bakery', 'sess-… of org-…'],
  ['a task-force of disk-drives', 'a task-force of disk-drives'],
  ['curie:ft-bakery-2022-08-08', 'curie:ft-bakery-2022-08-08'],
  ['SK-', 'SK-'],
  // the end of an escape: of JSON, of a URL, of a JSON Pointer, of a colour
  [String.raw`"a\nsk-Tomato" "\u0007org-bakery" "\\sk-Tomato"`, String.raw`"a\nsk-…" "\u0007org-…" "\\sk-…"`],
  ['?key%3Dsk-Tomato', '?key%3Dsk-…'],
  ['/a~1sk-Tomato', '/a~1sk-…'],
  ['\u001b[1;31msk-Tomato', '\u001b[1;31msk-…'],
])('redact makes of %j %j', (text, redacted) => {
  expect(redact(text)).toBe(redacted)
})

test('redact reaches keys and all depths, keeps all else, and touches nothing', () => {
  const date = new Date(0)
  const value = Object.freeze({
    n: -0,
    date,
    list: Object.freeze(['sk-a', null, undefined, [true]]),
    ...Object.fromEntries([
      ['__proto__', 'org-b'],
      ['sk-key', 1],
    ]),
  })
  const redacted = redact(value) as unknown as Record<string, unknown>
  expect(Object.keys(redacted)).toEqual(['n', 'date', 'list', '__proto__', 'sk-…'])
  expect(redacted['n']).toBe(-0)
  expect(redacted['date']).toBe(date)
  expect(redacted['list']).toEqual(['sk-…', null, undefined, [true]])
  expect(Object.getOwnPropertyDescriptor(redacted, '__proto__')?.value).toBe('org-…')
  expect(Object.getPrototypeOf(redacted)).toBe(Object.prototype)
})

test('redact takes a hundred thousand levels and a text of a million letters', () => {
  let value: unknown = 'sk-a'
  for (let i = 0; i < 100_000; i++) value = [value]
  let redacted: unknown = redact(value)
  while (Array.isArray(redacted)) redacted = redacted[0]
  expect(redacted).toBe('sk-…')
  expect(redact(`sk-${'a'.repeat(1_000_000)}`)).toBe('sk-…')
  expect(redact('sk'.repeat(500_000))).toHaveLength(1_000_000)
  expect(redact(`[${'1;'.repeat(500_000)}msk-a`)).toMatch(/msk-…$/)
})

test('redact copies once what is held twice, and what holds itself', () => {
  const shared = { key: 'sk-a' }
  const list: Array<unknown> = [shared, shared]
  const value: Record<string, unknown> = { list, again: list }
  const { list: copy, again } = redact(value)
  expect(copy).toEqual([{ key: 'sk-…' }, { key: 'sk-…' }])
  expect((copy as typeof list)[1]).toBe((copy as typeof list)[0])
  expect(again).toBe(copy)
  value['self'] = value
  const loop = redact(value)
  expect(loop['self']).toBe(loop)
})

const secrets = compareRuns([
  { run: { ...queuedJob, id: 'sk-Tomato' } },
  {
    run: {
      ...queuedJob,
      id: 'two',
      organization_id: 'org-bakery',
      hyperparameters: Object.assign({}, { 'sk-Tomato_red': 1, 'org-bakery_rye': 2 }),
    },
  },
])

test.each([sideBySideText, unifiedText])('a secret after a line break or a tab is cut off (%#)', render => {
  const rows = sideBySide(t.unknown)({ text: 'a' }, { text: 'a\nsk-Tomato', tab: '\torg-bakery' })
  expect(render(rows, { redacted: true })).not.toMatch(/Tomato|bakery/)
})

test.each([
  (options: object) =>
    sideBySideText(sideBySide(t.unknown)({ 'sk-Tomato': 1 }, { 'sk-Tomato': 'org-bakery' }), options),
  (options: object) =>
    unifiedText(sideBySide(t.unknown)({ 'sk-Tomato': 1 }, { 'sk-Tomato': 'org-bakery' }), options),
  (options: object) => comparisonText(secrets, options),
  (options: object) => comparisonMarkdown(secrets, options),
  (options: object) => comparisonHtml(secrets, options),
  (options: object) => comparisonCsv(secrets, options),
  (options: object) => comparisonJson(secrets, options),
  (options: object) =>
    storyText(story(t.unknown)([{ 'sk-Tomato': 1 }, { 'sk-Tomato': 'org-bakery' }]), options),
])('every other renderer cuts secrets off too (%#)', render => {
  expect(render({})).toMatch(/sk-Tomato.*org-bakery/s)
  expect(render({ redacted: true })).not.toMatch(/Tomato|bakery|red|rye/)
})

test.each([changeText, changeMarkdown, changeHtml])('%o cuts secrets off when asked to', render => {
  const changes = Change.of(t.unknown)({ 'sk-Tomato': 1 }, { 'sk-Tomato': 'org-bakery' })
  expect(render(changes)).toMatch(/sk-Tomato.*org-bakery/s)
  expect(render(changes, { redacted: true })).not.toMatch(/Tomato|bakery/)
})
