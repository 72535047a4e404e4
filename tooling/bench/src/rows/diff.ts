import { createRequire } from 'node:module'
import { Eq } from '@finetune-kit/codec'
import { Delta, JsonPatch } from '@finetune-kit/diff'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { dequal } from 'dequal'
import { deepEqual } from 'fast-equals'
import fastJsonPatch from 'fast-json-patch'
import { diff as jsonDiffTs } from 'json-diff-ts'
import * as jsondiffpatch from 'jsondiffpatch'
import microdiff from 'microdiff'
import { createPatch } from 'rfc6902'
import { interleave } from '../interleave.ts'
import * as written from '../peers/handwrittenDiff.ts'
import { random, shuffled } from '../random.ts'
import { recordTexts } from '../records.ts'
import { fastest, figuresOf, goalOf, type Row } from '../Row.ts'

type Run = FineTuneSnapshot
type Pair = readonly [before: Run, after: Run]

const { diff } = Delta.of(FineTuneSnapshot)
// it has no types of its own
const deepDiff = createRequire(import.meta.url)('deep-diff') as {
  readonly diff: (a: unknown, b: unknown) => unknown
}

/** Item identity written by hand: files by id, events by their text. */
const objectHash = (item: object): string => {
  const { id, created_at, level, message } = item as Record<string, string>
  return id ?? `${created_at} ${level} ${message}`
}
const keyed = jsondiffpatch.create({ objectHash })

/** Each library's usual diff: a patch, or a tree of changes of its own. */
const differs: Readonly<Record<string, (a: Run, b: Run) => unknown>> = {
  'fast-json-patch': (a, b) => fastJsonPatch.compare(a, b),
  'finetune-kit': (a, b) => diff(a, b),
  handwritten: (a, b) => written.diff(a, b),
  microdiff: (a, b) => microdiff(a, b),
  jsondiffpatch: (a, b) => keyed.diff(a, b),
  rfc6902: (a, b) => createPatch(a, b),
  'json-diff-ts': (a, b) =>
    jsonDiffTs(a, b, {
      embeddedObjKeys: { training_files: 'id', validation_files: 'id', result_files: 'id' },
    }),
  'deep-diff': (a, b) => deepDiff.diff(a, b),
}
const but = (...names: ReadonlyArray<string>) =>
  Object.fromEntries(Object.entries(differs).filter(([name]) => !names.includes(name)))

/** A freshly parsed record: no two of them share an object. */
const fresh = (run: Run): Run => JSON.parse(JSON.stringify(run)) as Run

const events = (run: Run) => run.events ?? []

const transitions: Readonly<Record<string, (run: Run, i: number) => Run>> = {
  'status changed': run => ({ ...run, status: 'running', updated_at: run.updated_at - 60 }),
  'events appended': (run, i) => ({ ...run, events: events(run).slice(0, -2 - (i % 2)) }),
  'result file': run => ({ ...run, fine_tuned_model: null, result_files: [] }),
}

const pairsOf = (before: (run: Run, i: number) => Run): ReadonlyArray<Pair> =>
  recordTexts(64).map((text, i) => {
    const after = JSON.parse(text) as Run
    return [fresh(before(after, i)), after]
  })

/** Runs the next pair at each call. */
const over = (pairs: ReadonlyArray<Pair>) => (f: (a: Run, b: Run) => unknown) => {
  let i = 0
  return () => {
    const [a, b] = pairs[i++ % pairs.length] as Pair
    return f(a, b) === undefined ? 0 : 1
  }
}
const jobs = (fs: Readonly<Record<string, (a: Run, b: Run) => unknown>>, pairs: ReadonlyArray<Pair>) =>
  Object.fromEntries(Object.entries(fs).map(([name, f]) => [name, over(pairs)(f)]))

const transitionRow: Row = {
  name: 'diff',
  title: 'diff of usual transitions: 64 records of 10 events',
  run: () => {
    const measured = Object.entries(transitions).map(([what, before]) => {
      for (const [a, b] of pairsOf(before))
        if (JSON.stringify(diff(a, b)) !== JSON.stringify(written.diff(a, b)))
          throw new Error(`${what}: the handwritten diff has other operations`)
      const ratios = interleave(jobs(differs, pairsOf(before)), { base: 'fast-json-patch' })
      return { what, ratios }
    })
    return {
      figures: measured.flatMap(({ what, ratios }) =>
        figuresOf(ratios).map(([name, figure]) => [name, `${figure} ${what}`] as const),
      ),
      goals: measured.flatMap(({ what, ratios }) => {
        const ours = ratios.get('finetune-kit') as number
        const peers = fastest(ratios, 'finetune-kit', 'handwritten')
        return [
          {
            what: `${what}, of handwritten`,
            measured: ours / (ratios.get('handwritten') as number),
            target: 0.9,
          },
          { what: `${what}, of the fastest peer`, measured: ours / peers, target: 4.5 },
        ]
      }),
      note: 'handwritten compares the known fields and counts the others; its operations are the same',
    }
  },
}

const long = (count: number): Run => JSON.parse(recordTexts(1, { events: count })[0] as string) as Run

const sizeRow: Row = {
  name: 'patch',
  title: 'bytes of the patch: 500 events, one inserted in the middle',
  run: () => {
    const before = long(500)
    const event = { ...events(before)[250], message: 'Fine-tune costs $3.67' } as ReturnType<
      typeof events
    >[number]
    const after = { ...before, events: events(before).toSpliced(250, 0, event) }
    const bytes = (f: (a: Run, b: Run) => unknown) => JSON.stringify(f(fresh(before), fresh(after))).length
    // rfc6902 is left out: it takes seconds at this length
    const sizes = Object.entries(but('rfc6902', 'handwritten')).map(([name, f]) => [name, bytes(f)] as const)
    const patch = bytes((a, b) => JsonPatch.ofDelta(diff(a, b)))
    return {
      figures: sizes.toSorted(([, a], [, b]) => a - b).map(([name, size]) => [name, `${size} bytes`]),
      goals: [{ what: 'as RFC 6902', measured: patch, unit: 'bytes', target: 150, atMost: true }],
    }
  },
}

/** Milliseconds of CPU: the best of several runs, because other load only adds time. */
const bestOf = (rounds: number, run: () => unknown): number => {
  const times = Array.from({ length: rounds }, () => {
    const started = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(started)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

/** The growth exponent: log10 of the time ratio for ten times as many events. */
const growth = (f: (a: Run, b: Run) => unknown, edit: (run: Run) => Run): number => {
  const [small, large] = [1000, 10_000].map(count => {
    const after = long(count)
    const before = fresh(edit(after))
    return bestOf(15, () => f(before, after))
  }) as [number, number]
  return Math.log10(large / small)
}

const growthRow: Row = {
  name: 'diff-growth',
  title: 'growth of the time from 1,000 to 10,000 events, as log10',
  run: () => {
    const edits: Readonly<Record<string, (run: Run) => Run>> = {
      append: run => ({ ...run, events: events(run).slice(0, -3) }),
      insert: run => ({ ...run, events: events(run).toSpliced(events(run).length >> 1, 1) }),
      shuffle: run => ({ ...run, events: [...shuffled(events(run), random(7))] }),
    }
    const kit = Object.entries(edits).map(([what, edit]) => ({ what, measured: growth(diff, edit) }))
    const peers = Object.entries(but('finetune-kit', 'handwritten', 'rfc6902', 'jsondiffpatch', 'deep-diff'))
    return {
      figures: peers.flatMap(([name, f]) =>
        Object.entries(edits).map(([what, edit]) => [name, `${growth(f, edit).toFixed(2)} ${what}`] as const),
      ),
      goals: kit.map(({ what, measured }) => ({
        what,
        measured,
        unit: '(log10)',
        target: 1.2,
        atMost: true,
      })),
      note: 'rfc6902, jsondiffpatch and deep-diff are left out: minutes, or all memory, at this length.',
    }
  },
}

const equalityRow: Row = {
  name: 'equality',
  title: 'equality of two records: 64 pairs of equal ones',
  run: () => {
    const { equals } = Eq.of(FineTuneSnapshot)
    const all = { dequal, 'finetune-kit': equals, 'fast-equals': deepEqual, handwritten: written.equals }
    const ratios = interleave(
      jobs(
        all,
        pairsOf(run => run),
      ),
      { base: 'dequal' },
    )
    return {
      figures: figuresOf(ratios),
      goals: [
        {
          what: 'of handwritten',
          measured: (ratios.get('finetune-kit') as number) / (ratios.get('handwritten') as number),
          target: 0.9,
        },
        goalOf('of dequal', ratios, 'finetune-kit', 6),
      ],
    }
  },
}

export const diffRows: ReadonlyArray<Row> = [transitionRow, sizeRow, growthRow, equalityRow]
