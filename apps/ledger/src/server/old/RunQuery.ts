import { Meta } from '@finetune-kit/codec'
import { RunSummary } from '@finetune-kit/model'
import type { LedgerRun } from './Ledger.ts'

/** The part of the table that is asked for, from the parameters of a URL. */
export interface RunQuery {
  /** Text that a field of the run contains, in any case. */
  readonly search: string
  readonly status: string | null
  readonly kind: string | null
  /** The fields that tell the order: the first of them that a run has. */
  readonly sort: ReadonlyArray<Field>
  readonly order: 'asc' | 'desc'
  readonly offset: number
  readonly limit: number
}

type Field = keyof RunSummary

const defaultLimit = 200
const maxLimit = 1000

/** Reads a query, or returns the sentence that says what is wrong with it. */
export const parseQuery = (
  parameters: URLSearchParams,
): { readonly query: RunQuery } | { readonly problem: string } => {
  const offset = numberOf(parameters, 'offset', 0)
  const limit = numberOf(parameters, 'limit', defaultLimit)
  const sort = parameters.get('sort')?.split(',') ?? []
  const unknown = sort.find(name => !isField(name))
  const order = parameters.get('order') ?? 'asc'
  if (offset === undefined) return { problem: 'offset: not a whole number. Pass 0 or more.' }
  if (limit === undefined || limit < 1 || limit > maxLimit)
    return { problem: `limit: not a whole number from 1 to ${maxLimit}.` }
  if (unknown !== undefined)
    return { problem: `sort: no field ${JSON.stringify(unknown)}. Pass one of: ${fields.join(', ')}.` }
  if (order !== 'asc' && order !== 'desc') return { problem: 'order: pass asc or desc.' }
  const search = parameters.get('search') ?? ''
  const [status, kind] = [parameters.get('status'), parameters.get('kind')]
  return { query: { search, status, kind, sort: sort.filter(isField), order, offset, limit } }
}

const { props } = RunSummary.types[0]
const fields = Object.keys(props)

const isField = (text: string): text is Field => fields.includes(text)

const numberOf = (parameters: URLSearchParams, name: string, otherwise: number): number | undefined => {
  const text = parameters.get(name)
  if (text === null) return otherwise
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** The runs that match a query, in its order; those without a value come last. */
export const matching =
  ({ search, status, kind, sort, order }: RunQuery) =>
  (runs: ReadonlyArray<LedgerRun>): ReadonlyArray<LedgerRun> => {
    const wanted = search.toLowerCase()
    const matches = runs.filter(
      ({ summary }) =>
        (status === null || summary.status === status) &&
        (kind === null || summary.kind === kind) &&
        (wanted === '' || Object.values(summary).some(value => contains(value, wanted))),
    )
    return sort.length === 0
      ? matches
      : matches
          .map(run => ({ run, key: keyOf(run.summary, sort) }))
          .sort((a, b) => compare(a.key, b.key) * (order === 'asc' || isEmpty(a.key, b.key) ? 1 : -1))
          .map(({ run }) => run)
  }

const contains = (value: unknown, wanted: string): boolean =>
  typeof value === 'string' && value.toLowerCase().includes(wanted)

/** The value that tells the place of a run, and its unit: amounts of two units are not compared. */
interface SortKey {
  readonly unit: string
  readonly value: string | number | null
}

const keyOf = (summary: RunSummary, sort: ReadonlyArray<Field>): SortKey => {
  const field = sort.find(field => summary[field] !== null)
  return field === undefined
    ? { unit: '', value: null }
    : { unit: Meta.of(props[field]).unit ?? '', value: summary[field] }
}

const isEmpty = (a: SortKey, b: SortKey): boolean => a.value === null || b.value === null

const compare = (a: SortKey, b: SortKey): number => {
  if (a.value === null || b.value === null) return a.value === b.value ? 0 : a.value === null ? 1 : -1
  if (a.unit !== b.unit) return a.unit < b.unit ? -1 : 1
  return a.value === b.value ? 0 : a.value < b.value ? -1 : 1
}

/** The values of a field with their number of runs, the most frequent first. */
export const countsOf = (runs: ReadonlyArray<LedgerRun>, field: 'status' | 'kind') => {
  const counts = new Map<string, number>()
  for (const { summary } of runs) {
    const value = summary[field]
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
}
