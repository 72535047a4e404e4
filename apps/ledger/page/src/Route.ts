import { useSyncExternalStore } from 'react'

/** The part of the table of runs that is shown; an empty text is no filter. */
export interface TableQuery {
  readonly search: string
  readonly status: string
  readonly kind: string
  /** The fields that the table is sorted by. Default: the order of the files. */
  readonly sort: string
  readonly order: string
  /** Further columns, separated by commas. */
  readonly columns: string
  /** The page, from 0. */
  readonly page: number
}

/** The view: the table of runs, the check, or one run with the two snapshots to compare, if chosen. */
export type Route =
  | { readonly _tag: 'Check' }
  | { readonly _tag: 'Runs'; readonly query: TableQuery }
  | { readonly _tag: 'Run'; readonly run: string; readonly from?: number; readonly to?: number }

const texts = ['search', 'status', 'kind', 'sort', 'order', 'columns'] as const

export const everything: TableQuery = {
  search: '',
  status: '',
  kind: '',
  sort: '',
  order: '',
  columns: '',
  page: 0,
}

/** The table of all runs. */
export const allRuns: Route = { _tag: 'Runs', query: everything }

/** The check of what is pasted or dropped. */
export const check: Route = { _tag: 'Check' }

/** The route as a link. Law: `route(link(r)) = r`. */
export const link = (route: Route): string => {
  if (route._tag === 'Check') return '#/check'
  if (route._tag === 'Runs') {
    const parameters = parametersOf(route.query)
    return parameters === '' ? '#/' : `#/?${parameters}`
  }
  const pair = route.from === undefined ? '' : `/${route.from}/${route.to}`
  return `#/runs/${encodeURIComponent(route.run)}${pair}`
}

/** The query as parameters of a URL, without those that have no value. */
export const parametersOf = (query: TableQuery): string => {
  const parameters = new URLSearchParams()
  for (const name of texts) if (query[name] !== '') parameters.set(name, query[name])
  if (query.page > 0) parameters.set('page', String(query.page))
  return parameters.toString()
}

/** The route of a link; the table of all runs for any other text. */
export const route = (hash: string): Route => {
  if (hash === '#/check') return check
  if (hash.startsWith('#/?')) return { _tag: 'Runs', query: queryOf(new URLSearchParams(hash.slice(3))) }
  const [, run, from, to] = /^#\/runs\/([^/]+)(?:\/(\d{1,9})\/(\d{1,9}))?$/.exec(hash) ?? []
  const name = run === undefined ? undefined : decoded(run)
  if (name === undefined) return allRuns
  return from === undefined
    ? { _tag: 'Run', run: name }
    : { _tag: 'Run', run: name, from: Number(from), to: Number(to) }
}

const queryOf = (parameters: URLSearchParams): TableQuery => {
  const page = parameters.get('page') ?? ''
  const get = (name: string): string => parameters.get(name) ?? ''
  return {
    search: get('search'),
    status: get('status'),
    kind: get('kind'),
    sort: get('sort'),
    order: get('order'),
    columns: get('columns'),
    page: /^\d{1,6}$/.test(page) ? Number(page) : 0,
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
