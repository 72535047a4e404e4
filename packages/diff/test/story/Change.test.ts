import { annotate, closed, Eq, record } from '@finetune-kit/codec'
import { Comparable, FineTune, FineTuneSnapshot, FineTuningJobSnapshot } from '@finetune-kit/model'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { Delta } from '@finetune-kit/diff'
import { Change, changeHtml, changeMarkdown, changeText } from '@finetune-kit/diff/story'
import { changesBy } from '../../src/story/Change.ts'
import { edited, json, listOf } from '../generators.ts'
import { pendingRun, queuedJob, succeededRun } from '../samples.ts'

test('introduce says what a run is, also where its events tell how it became so', () => {
  expect(changeText(Change.introduce(FineTuneSnapshot)(succeededRun))).toMatchInlineSnapshot(`
    "+ first seen as succeeded, created at 2023-07-22T04:26:50Z, base model curie
    + training started at 2023-07-22T04:28:20Z
    + model published: curie:ft-example-2023-07-22-04-26-40
    + result file added: compiled_results.csv (file-result), 5,120 bytes
    + 3 new events"
  `)
  expect(Change.introduce(FineTuningJobSnapshot)(queuedJob)).toMatchObject([{ _tag: 'FirstSeen' }])
})

test('changeText paints signs, names and values, and changeHtml and changeMarkdown take a title', () => {
  const changes = Change.of(t.unknown)({ a: 1, b: 2 }, { a: 3 })
  expect(changeText(changes, { colours: true })).toBe(
    [
      '\u001b[33m~\u001b[0m \u001b[1ma\u001b[0m: \u001b[31m1\u001b[0m → \u001b[32m3\u001b[0m',
      '\u001b[31m-\u001b[0m \u001b[1mb\u001b[0m removed: \u001b[31m2\u001b[0m',
    ].join('\n'),
  )
  expect(changeHtml(changes, { title: 'a < b' })).toMatch(/^<h3>a &lt; b<\/h3>\n<ul/)
  expect(changeMarkdown(changes, { title: 'a|b' })).toMatch(/^### `a\|b`\n\n- /)
  expect(changeText(Change.of(t.unknown)(1, 2))).toBe('~ the record: 1 → 2')
})

test('introduce has no words for a record that is no run', () => {
  expect(Change.introduce(t.type({ id: t.string }))({ id: 'a' })).toEqual([])
})

const event = fc.record({
  object: fc.constant('fine-tune-event'),
  created_at: fc.integer({ min: 0, max: 9 }),
  level: fc.constantFrom('info', 'error'),
  message: fc.constantFrom(
    'Created fine-tune: ft-example',
    'Fine-tune costs $3.67',
    'Fine-tune enqueued. Queue number: 9',
    'Fine-tune is in the queue. Queue number: 2',
    'Fine-tune started',
    'Completed epoch 1/4',
    'Completed epoch 4/4',
    'Step 1/2: training loss=0.5',
    'Uploaded model: m',
    'Uploaded result file: a',
    'Fine-tune succeeded',
    'Fine-tune cancelled',
    'Fine-tune failed. No flour.',
    'Something else',
  ),
})
const file = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  object: fc.constant('file'),
  bytes: fc.constantFrom(0, 1),
  created_at: fc.constant(0),
  filename: fc.constant('f'),
  purpose: fc.constant('fine-tune'),
  status: fc.constantFrom('uploaded', 'processed', 'error'),
  status_details: fc.constantFrom(null, 'bad'),
})
const run = fc.record(
  {
    id: fc.constantFrom('ft-example', 'ft-other'),
    updated_at: fc.integer({ min: 0, max: 9 }),
    status: fc.constantFrom('pending', 'running', 'succeeded', 'failed', 'cancelled', 'frozen'),
    fine_tuned_model: fc.constantFrom(null, 'm', 'n'),
    hyperparams: fc.record({
      n_epochs: fc.constant(4),
      batch_size: fc.constantFrom(null, 1, 2),
      learning_rate_multiplier: fc.constantFrom(null, 0.1),
      prompt_loss_weight: fc.constantFrom(0, -0),
    }),
    training_files: listOf(file),
    result_files: fc.array(file, { maxLength: 2 }),
    events: listOf(event),
    unknown: json,
  },
  { requiredKeys: ['id', 'updated_at', 'status', 'hyperparams', 'events'], noNullPrototype: true },
)
const snapshots = run.map(changes => Object.assign({}, pendingRun, changes)) as fc.Arbitrary<FineTuneSnapshot>

const laws = <A>(
  codec: t.Type<A, unknown>,
  pairs: fc.Arbitrary<readonly [A, A]>,
  comparable: (a: A) => A = a => a,
) => {
  const changesOf = Change.of(codec)
  const { diff } = Delta.of(codec)
  const { equals } = Eq.of(codec)

  test(`Change.of tells of every operation, and of nothing exactly if the values are equal, for ${codec.name}`, () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const changes = changesOf(a, b)
        expect(changes.length === 0).toBe(equals(comparable(a), comparable(b)))
        expect(changesOf(a, structuredClone(a))).toEqual([])
        const told = new Set(changes.flatMap(c => c.operations).map(o => JSON.stringify(o)))
        for (const operation of diff(comparable(a), comparable(b)))
          expect(told).toContain(JSON.stringify(operation))
        // and every change has a line in every form
        expect(changeText(changes).split('\n')).toHaveLength(Math.max(1, changes.length))
        expect(changeMarkdown(changes).split('\n')).toHaveLength(Math.max(1, changes.length))
        expect(changeHtml(changes).split('<li')).toHaveLength(changes.length + 1)
      }),
      { numRuns: 300 },
    )
  })
}

laws(
  FineTuneSnapshot,
  fc.oneof(fc.tuple(snapshots, snapshots), edited(snapshots)).filter(([, b]) => FineTuneSnapshot.is(b)),
  Comparable.of(FineTuneSnapshot),
)
laws(FineTune as t.Type<FineTune, unknown>, fc.constant([succeededRun, succeededRun] as never))
laws(t.unknown, fc.oneof(fc.tuple(json, json), edited(json)))

test('Change.of speaks where JSON cannot', () => {
  const changes = Change.of(t.UnknownRecord)({ a: undefined }, {})
  expect(changes).toEqual([{ _tag: 'NotInJson', operations: [] }])
  expect(changeText(changes)).toBe('~ the records differ in something that JSON cannot say')
})

test('Change.of names items by their identity, also those that are gone', () => {
  const Item = annotate(record('Item', { id: t.string, n: t.number }), { identity: { key: 'id' } })
  const Box = record('Box', { items: t.array(Item) })
  const a = {
    items: [
      { id: 'x', n: 1 },
      { id: 'y', n: 1 },
    ],
  }
  const b = {
    items: [
      { id: 'y', n: 2 },
      { id: 'z', n: 1 },
    ],
  }
  expect(changeText(Change.of(Box)(a, b))).toBe(
    [
      '- items › x removed: {"id":"x","n":1}',
      '+ items › z added: {"id":"z","n":1}',
      '~ items › y › n: 1 → 2',
    ].join('\n'),
  )
})

const deep = (leaf: number) => {
  let value: unknown = leaf
  for (let i = 0; i < 10_000; i++) value = { value }
  return value
}

test('Change.of takes ten thousand levels and a list of a hundred thousand events', () => {
  expect(changeText(Change.of(t.unknown)(deep(1), deep(2)), { redacted: true })).toContain('cannot be shown')
  const events = Array.from({ length: 100_000 }, (_, i) => ({
    object: 'fine-tune-event',
    created_at: i,
    level: 'info',
    message: `Completed epoch ${i}/100000`,
  }))
  expect(changeText(Change.of(FineTuneSnapshot)(pendingRun, { ...pendingRun, events }))).toBe(
    [
      '+ epoch 99,999 of 100,000 done',
      '+ 100,000 new events',
      '! 1 event lost: "Created fine-tune: ft-example"',
    ].join('\n'),
  )
})

test('Change.of keeps the narrator of a codec that is annotated, closed or refined', () => {
  const changes = Change.of(FineTuneSnapshot)(pendingRun, succeededRun)
  expect(changes.map(({ _tag }) => _tag)).toContain('StatusMoved')
  for (const wrapped of [
    annotate(FineTuneSnapshot, { title: 'Run' }),
    closed(FineTuneSnapshot),
    t.refinement(FineTuneSnapshot, run => run.id !== '', 'NamedRun'),
  ])
    expect(Change.of(wrapped as t.Type<FineTuneSnapshot, unknown>)(pendingRun, succeededRun)).toEqual(changes)
})

test('Change.of compares a record that only looks like a run field by field', () => {
  const Note = record('Note', { object: t.string, hyperparams: t.string })
  const note = { object: 'fine-tune', hyperparams: 'none' }
  expect(changeText(Change.of(Note)(note, { ...note, hyperparams: 'some' }))).toBe(
    '~ hyperparams: "none" → "some"',
  )
})

test('Change.of takes null and absent for one in runs, and only there', () => {
  const { seed: _, error: __, ...absent } = queuedJob
  const dumped = { ...absent, seed: null, error: { code: null, message: null, param: null }, metadata: null }
  expect(Change.of(FineTuningJobSnapshot)(absent, dumped)).toEqual([])
  expect(Change.of(FineTuningJobSnapshot)(dumped, absent)).toEqual([])
  expect(Change.of(t.unknown)({ a: 1 }, { a: 1, b: null })).toHaveLength(1)
})

test('Change.of tells a hyperparameter that a job had as null as resolved', () => {
  const a = { ...queuedJob, hyperparameters: { n_epochs: 3, batch_size: null } } as FineTuningJobSnapshot
  const b = { ...queuedJob, hyperparameters: { n_epochs: 3, batch_size: 8 } }
  expect(changeText(Change.of(FineTuningJobSnapshot)(a, b))).toBe(
    '+ Hyperparameters › Batch size resolved by the service: 8',
  )
})

test('changesBy is derived once a codec, so that the stories of many runs take no longer for it', () => {
  expect(changesBy(FineTuneSnapshot)).toBe(changesBy(FineTuneSnapshot))
  expect(changesBy(FineTuneSnapshot)).not.toBe(changesBy(FineTuningJobSnapshot))
})
