import { expect, test } from 'vitest'
import { plain } from '../../page/src/chart/chartChoice.ts'
import {
  allRuns,
  changeForms,
  check,
  compareRoute,
  everything,
  link,
  type Route,
  route,
  runParts,
  runRoute,
  watchingRoute,
} from '../../page/src/Route.ts'

test('Route gives back the part of a run that was linked', () => {
  for (const run of ['ft-1', 'a/b c', '%', '<b>', '__proto__', '?from=2', '..', '\u{1f600}'])
    for (const part of runParts)
      for (const choice of [
        {},
        { from: 3, to: 1 },
        { level: '' },
        { level: 'a&b' },
        ...changeForms.map(as => ({ to: 2, as })),
      ]) {
        const target: Route = { ...runRoute(run), part, ...choice }
        expect(route(link(target))).toEqual(target)
      }
})

test('Route gives back the part of the table that was linked', () => {
  const query = {
    ...everything,
    search: 'a&b=c #/?',
    filters: { status: ['failed', ''], base_model: ['a b'] },
    tag: 'x',
    createdFrom: '1700000000',
    createdBefore: '1700086400',
    hidden: 'only',
    sort: 'cost',
    order: 'ascending',
    at: '60001',
    columns: ['seed', 'method'],
    selected: ['a', 'b/c'],
  }
  expect(route(link({ _tag: 'Runs', query }))).toEqual({ _tag: 'Runs', query })
  expect(link(allRuns)).toBe('#/')
})

test('Route gives back a comparison, the check and what is watched', () => {
  for (const target of [
    check,
    watchingRoute(),
    watchingRoute('paused'),
    compareRoute(['a', 'b/?c']),
    { ...compareRoute(['a']), baseline: 'a', all: true } as const,
  ])
    expect(route(link(target))).toEqual(target)
})

test('Route gives back the choices of charts, and takes what is none for plain', () => {
  for (const charts of [
    { ...plain, smoothing: 0.37 },
    { ...plain, x: 'time', logX: true } as const,
    { ...plain, logY: true, from: -2.5, to: 1e21 },
    { ...plain, to: 0 },
  ])
    for (const target of [
      { ...runRoute('a'), charts },
      { ...compareRoute(['a', 'b']), all: true, charts } as const,
    ])
      expect(route(link(target))).toEqual(target)
  for (const text of [
    'over=x',
    'smoothing=1',
    'smoothing=-1',
    'smoothing=NaN',
    'firstStep=',
    'lastStep=1e999',
  ])
    expect(route(`#/runs/a?${text}`)).toEqual(runRoute('a'))
})

test('Route is the table of all runs without a link, and no view for any other text', () => {
  for (const hash of ['', '#', '#/', '#/runs', '#/runs/']) expect(route(hash)).toEqual(allRuns)
  for (const hash of ['#/runs//', '#/runs/%zz', '#/runs/a/1', '#/runs/a/x/y', '#/other', '#x']) {
    expect(route(hash)).toEqual({ _tag: 'NotFound', link: hash })
    expect(link(route(hash))).toBe(hash)
  }
  expect(route('#/check/')).toEqual(route('#/check'))
  expect(route('#/runs/a/?smooth=x')).toEqual(runRoute('a'))
  expect(route('#/runs/a/changes?from=0&to=x&as=y')).toEqual({ ...runRoute('a'), part: 'changes' })
})
