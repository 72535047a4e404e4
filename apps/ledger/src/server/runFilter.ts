import type { RunFilter } from '@finetune-kit/store'
import * as RunKey from './RunKey.ts'
import { filterColumns, type FilterQuery } from '../api/definition/filterQuery.ts'

/** The filter of the store for the parameters of a request; an empty value is no value. */
export const runFilter = (query: FilterQuery): RunFilter => {
  const { q: text, tag, hidden, run, createdFrom, createdBefore } = query
  const columns = filterColumns.flatMap(column => {
    const values = query[column]?.map(value => (value === '' ? null : value))
    return values === undefined ? [] : [[column, values] as const]
  })
  return {
    in: Object.fromEntries(columns),
    names: run?.map(RunKey.parse),
    text,
    tag,
    hidden,
    createdFrom,
    createdBefore,
  }
}
