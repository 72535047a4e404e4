import { expect, test } from 'vitest'
import { allRuns, everything, link, route } from '../../page/src/Route.ts'

test('Route gives back the run that was linked', () => {
  for (const run of ['ft-1', 'a/b c', '%', '<b>', '__proto__', '\u{1f600}'])
    for (const target of [{ _tag: 'Run', run } as const, { _tag: 'Run', run, from: 3, to: 0 } as const])
      expect(route(link(target))).toEqual(target)
})

test('Route gives back the part of the table that was linked', () => {
  const query = { ...everything, search: 'a&b=c #/', status: 'failed', sort: 'cost', order: 'desc', page: 7 }
  expect(route(link({ _tag: 'Runs', query }))).toEqual({ _tag: 'Runs', query })
  expect(link(allRuns)).toBe('#/')
})

test('Route is the table of all runs for any other text', () => {
  for (const hash of ['', '#', '#/runs/', '#/runs/%zz', '#/runs/a/1', '#/runs/a/x/y', '#/?page=x'])
    expect(route(hash)).toEqual(allRuns)
})
