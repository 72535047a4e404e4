import { useSyncExternalStore } from 'react'
import { watchStates } from '@finetune-kit/model'
import { type ChartChoice, plain, readChoice, writeChoice } from './chart/chartChoice.ts'

/** The part of the table of runs that is shown. An empty text or list is no choice. */
export interface TableQuery {
  /** A part of an id, a name, a tag or the note. */
  readonly search: string
  /** The values that columns may have, by column; an empty value is a missing one. */
  readonly filters: Readonly<Record<string, ReadonlyArray<string>>>
  readonly tag: string
  /** The first time of creation, and the one from which on runs are left out, in Unix seconds. */
  readonly createdFrom: string
  readonly createdBefore: string
  /** `with` shows hidden runs too, `only` shows nothing else. */
  readonly hidden: string
  /** The field that the table is sorted by. Default: the newest first. */
  readonly sort: string
  /** `ascending`. Default: descending. */
  readonly order: string
  /** The number of the first row in sight, from 1. Default: the first one. */
  readonly at: string
  /** Further columns. */
  readonly columns: ReadonlyArray<string>
  /** The keys of the runs that are selected. */
  readonly selected: ReadonlyArray<string>
}

export const runParts = ['overview', 'changes', 'record'] as const
export type RunPart = (typeof runParts)[number]

export const changeForms = ['words', 'structure', 'patch'] as const
export type ChangeForm = (typeof changeForms)[number]

/** A part of one run. Snapshots are numbered from 1, as the page shows them. */
export interface RunRoute {
  readonly _tag: 'Run'
  readonly run: string
  readonly part: RunPart
  /** The snapshots to compare. Default: the last two. */
  readonly from?: number
  /** The snapshot to compare with, or to show. Default: the last one. */
  readonly to?: number
  /** The form of the changes. Default: words. */
  readonly as?: ChangeForm
  /** The level of the events that are shown, empty for those without one. Default: all. */
  readonly level?: string
  readonly charts: ChartChoice
}

/** The comparison of some runs, by their keys. */
export interface CompareRoute {
  readonly _tag: 'Compare'
  readonly runs: ReadonlyArray<string>
  /** The run that the others are measured against. Default: none. */
  readonly baseline?: string
  /** Shows the rows in which all runs agree too. */
  readonly all?: true
  readonly charts: ChartChoice
}

/** The services that are watched, and of their watches those in a state; an empty one is any. */
export interface WatchingRoute {
  readonly _tag: 'Watching'
  readonly state: string
}

/** The view: the table of runs, a part of one, a comparison, what is watched, the check; or none. */
export type Route =
  | CompareRoute
  | WatchingRoute
  | { readonly _tag: 'Check' }
  | { readonly _tag: 'Runs'; readonly query: TableQuery }
  | RunRoute
  | { readonly _tag: 'NotFound'; readonly link: string }

export const everything: TableQuery = {
  search: '',
  filters: {},
  tag: '',
  createdFrom: '',
  createdBefore: '',
  hidden: '',
  sort: '',
  order: '',
  at: '',
  columns: [],
  selected: [],
}

/** The table of all runs. */
export const allRuns: Route = { _tag: 'Runs', query: everything }

/** The check of what is pasted or dropped. */
export const check: Route = { _tag: 'Check' }

/** The comparison of some runs. */
export const compareRoute = (runs: ReadonlyArray<string>): CompareRoute => ({
  _tag: 'Compare',
  runs,
  charts: plain,
})

/** The services that are watched. */
export const watchingRoute = (state = ''): WatchingRoute => ({ _tag: 'Watching', state })

/** The overview of a run. */
export const runRoute = (run: string): RunRoute => ({ _tag: 'Run', run, part: 'overview', charts: plain })

/** The route as a link. Law: `route(link(r)) = r`. */
export const link = (route: Route): string => {
  if (route._tag === 'Check') return '#/check'
  if (route._tag === 'NotFound') return route.link
  if (route._tag === 'Runs') return withParameters('#/', parametersOf(route.query))
  const parameters = new URLSearchParams()
  if (route._tag === 'Watching') {
    if (route.state !== '') parameters.set('state', route.state)
    return withParameters('#/watching', parameters.toString())
  }
  if (route._tag === 'Compare') {
    for (const run of route.runs) parameters.append('run', run)
    if (route.baseline !== undefined) parameters.set('baseline', route.baseline)
    if (route.all === true) parameters.set('all', 'true')
    writeChoice(parameters, route.charts)
    return withParameters('#/compare', parameters.toString())
  }
  for (const name of ['from', 'to', 'as', 'level'] as const)
    if (route[name] !== undefined) parameters.set(name, String(route[name]))
  writeChoice(parameters, route.charts)
  const part = route.part === 'overview' ? '' : `/${route.part}`
  return withParameters(`#/runs/${encodeURIComponent(route.run)}${part}`, parameters.toString())
}

const withParameters = (path: string, parameters: string): string =>
  parameters === '' ? path : `${path}?${parameters}`

/** Texts of a query, by their names in a URL. The API has the same names. */
const texts = {
  q: 'search',
  tag: 'tag',
  createdFrom: 'createdFrom',
  createdBefore: 'createdBefore',
  hidden: 'hidden',
  sort: 'sort',
  order: 'order',
  at: 'at',
} as const

/** Lists of a query, by the name that each item has in a URL. */
const lists = { column: 'columns', run: 'selected' } as const

/** The query as parameters of a URL, without those that have no value. */
export const parametersOf = (query: TableQuery): string => {
  const parameters = new URLSearchParams()
  for (const [name, field] of Object.entries(texts))
    if (query[field] !== '') parameters.set(name, query[field])
  for (const [column, values] of Object.entries(query.filters))
    for (const value of values) parameters.append(column, value)
  for (const [name, field] of Object.entries(lists))
    for (const item of query[field]) parameters.append(name, item)
  return parameters.toString()
}

/**
 * The route of a link, whether or not its path ends in a slash; the table of all runs if it is
 * empty.
 */
export const route = (hash: string): Route => {
  const [, path = '', search = ''] = /^#([^?]*?)\/?(?:\?(.*))?$/s.exec(hash) ?? []
  const parameters = new URLSearchParams(search)
  if (path === '/check') return check
  if (path === '' || path === '/runs') return { _tag: 'Runs', query: queryOf(parameters) }
  if (path === '/watching') {
    const state = parameters.get('state')
    return watchingRoute(watchStates.find(name => name === state))
  }
  if (path === '/compare') return comparisonOf(parameters)
  const [, key = '', part = 'overview'] = /^\/runs\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? []
  const run = decoded(key)
  const known = runParts.find(name => name === part)
  return run === undefined || run === '' || known === undefined
    ? { _tag: 'NotFound', link: hash }
    : { ...runRoute(run), part: known, ...choiceOf(parameters), charts: readChoice(parameters) }
}

const comparisonOf = (parameters: URLSearchParams): CompareRoute => {
  const baseline = parameters.get('baseline')
  return {
    ...compareRoute(parameters.getAll('run')),
    ...(baseline !== null && { baseline }),
    ...(parameters.get('all') === 'true' && { all: true }),
    charts: readChoice(parameters),
  }
}

const choiceOf = (parameters: URLSearchParams): Pick<RunRoute, 'from' | 'to' | 'as' | 'level'> => {
  const ordinal = (name: string): number =>
    Number(/^[1-9]\d{0,8}$/.exec(parameters.get(name) ?? '')?.[0] ?? 0)
  const [from, to] = [ordinal('from'), ordinal('to')]
  const as = changeForms.find(form => form === parameters.get('as'))
  const level = parameters.get('level')
  return {
    ...(from > 0 && { from }),
    ...(to > 0 && { to }),
    ...(as !== undefined && { as }),
    ...(level !== null && { level }),
  }
}

const queryOf = (parameters: URLSearchParams): TableQuery => {
  const filters = new Map<string, ReadonlyArray<string>>()
  for (const name of new Set(parameters.keys()))
    if (!(name in texts) && !(name in lists)) filters.set(name, parameters.getAll(name))
  return {
    ...everything,
    filters: Object.fromEntries(filters),
    ...Object.fromEntries(Object.entries(texts).map(([name, field]) => [field, parameters.get(name) ?? ''])),
    ...Object.fromEntries(Object.entries(lists).map(([name, field]) => [field, parameters.getAll(name)])),
  }
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const subscribe = (changed: () => void) => {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

/** The text in the address bar after its number sign. */
export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash)

/** Navigates at once: the browser's event comes later, and would show the old choice meanwhile. */
export const go = (to: Route): void => {
  location.hash = link(to)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** Navigates without an entry in the history, as for each letter of a search. */
export const replace = (to: Route): void => {
  history.replaceState(null, '', link(to))
  dispatchEvent(new HashChangeEvent('hashchange'))
}
