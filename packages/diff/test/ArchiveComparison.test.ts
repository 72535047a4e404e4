import { annotate, nullable, record } from '@finetune-kit/codec'
import { FineTuneEvent, FineTuneSnapshot } from '@finetune-kit/model'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { ArchiveComparison, Delta } from '@finetune-kit/diff'
import { pendingRun, succeededRun } from './samples.ts'

type Pass = ReadonlyArray<readonly [ArchiveComparison.Side, FineTuneSnapshot]>

const compared = (pass: Pass, again: Pass = pass) => {
  const comparison = ArchiveComparison.of(FineTuneSnapshot)
  for (const [side, run] of pass) comparison.index(side, run)
  const same = comparison.same()
  return { same, changes: again.flatMap(([side, run]) => comparison.resolve(side, run)) }
}

const run = (id: string, status = 'pending'): FineTuneSnapshot => ({ ...pendingRun, id, status })

test('ArchiveComparison tells added, removed and changed runs, and counts the others', () => {
  const after = { ...succeededRun, id: 'changed' }
  const { same, changes } = compared([
    ['before', run('same')],
    ['before', run('removed')],
    ['before', run('changed')],
    ['after', run('added')],
    ['after', after],
    ['after', { ...run('same') }],
  ])
  expect(same).toBe(1)
  expect(changes).toEqual([
    { _tag: 'Removed', id: 'removed', value: run('removed') },
    { _tag: 'Added', id: 'added', value: run('added') },
    {
      _tag: 'Changed',
      id: 'changed',
      before: run('changed'),
      after,
      delta: Delta.of(FineTuneSnapshot).diff(run('changed'), after),
    },
  ])
})

test('ArchiveComparison compares the last snapshots of a run', () => {
  const before: Pass = [
    ['before', run('a')],
    ['before', run('a', 'running')],
  ]
  expect(compared([...before, ['after', run('a', 'running')]])).toEqual({ same: 1, changes: [] })
  expect(compared([...before, ['after', run('a')], ['after', run('a', 'failed')]]).changes).toEqual([
    {
      _tag: 'Changed',
      id: 'a',
      before: run('a', 'running'),
      after: run('a', 'failed'),
      delta: [{ op: 'replace', path: '/status', was: 'running', value: 'failed' }],
    },
  ])
})

/** True for each snapshot of one run that is the newest so far. */
const newest = (snapshots: ReadonlyArray<readonly [status: string, time?: number]>) => {
  const comparison = ArchiveComparison.of(FineTuneSnapshot)
  const isNewest = snapshots.map(([status, time]) => comparison.index('after', run('a', status), time))
  const changes = snapshots.flatMap(([status]) => comparison.resolve('after', run('a', status)))
  expect(changes).toMatchObject([
    { _tag: 'Added', value: { status: snapshots[isNewest.lastIndexOf(true)]?.[0] } },
  ])
  return isNewest
}

test('ArchiveComparison compares the newest snapshots of a run by the times that are passed', () => {
  expect(
    newest([
      ['running', 2],
      ['succeeded', 3],
      ['pending', 1],
    ]),
  ).toEqual([true, true, false])
  expect(
    newest([
      ['running', 2],
      ['succeeded', 2],
    ]),
  ).toEqual([true, true])
  expect(newest([['running', 2], ['paused'], ['pending', 1], ['succeeded', 2]])).toEqual([
    true,
    true,
    false,
    true,
  ])
})

test('ArchiveComparison finds the same changes in whatever order the records come', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'))
  const archive = ids.chain(list =>
    fc.tuple(...list.map(id => fc.constantFrom('pending', 'running').map(status => run(id, status)))),
  )
  fc.assert(
    fc.property(archive, archive, fc.func(fc.nat()), (before, after, order) => {
      const pass: Pass = [
        ...before.map(run => ['before', run] as const),
        ...after.map(run => ['after', run] as const),
      ]
      const shuffled = pass.toSorted((a, b) => order(a) - order(b))
      const changes = (list: Pass) => compared(pass, list).changes.toSorted((a, b) => (a.id < b.id ? -1 : 1))
      expect(changes(shuffled)).toEqual(changes(pass))
      expect(changes(pass).map(({ _tag, id }) => [_tag, id])).toEqual(
        [...new Set([...before, ...after].map(run => run.id))].toSorted().flatMap(id => {
          const [a, b] = [before, after].map(list => list.find(run => run.id === id)?.status)
          return a === b ? [] : [[a === undefined ? 'Added' : b === undefined ? 'Removed' : 'Changed', id]]
        }),
      )
    }),
  )
})

test('ArchiveComparison needs to know by what a record is recognised', () => {
  expect(() => ArchiveComparison.of(FineTuneEvent)).toThrow(
    'ArchiveComparison cannot be derived from FineTuneEvent: it does not say what makes two of its values the same. ' +
      "Write annotate(FineTuneEvent, { identity: { key: 'id' } }).",
  )
})

test('ArchiveComparison compares records in the form that it is given', () => {
  const codec = annotate(record('Note', { id: t.string }, { text: nullable(t.string) }), {
    identity: { key: 'id' },
  })
  const read = (comparison: ReturnType<typeof ArchiveComparison.of<t.TypeOf<typeof codec>>>) => {
    comparison.index('before', { id: 'a', text: null })
    comparison.index('after', { id: 'a' })
    return comparison.same()
  }
  expect(read(ArchiveComparison.of(codec))).toBe(0)
  expect(
    read(
      ArchiveComparison.of(codec, { comparable: ({ id, text }) => (text == null ? { id } : { id, text }) }),
    ),
  ).toBe(1)
})
