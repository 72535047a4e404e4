import { Integer, nullable, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { RunRow } from './RunRow.ts'

/** `GET /api/runs`: a page of the runs that match a filter. */
export const RunList = record('RunList', {
  runs: t.readonlyArray(RunRow),
  /** The cursor of the next page. */
  next: nullable(t.string),
  /** The number of runs that match the filter. */
  matched: Integer,
  /** The cursor of live changes that the list is up to. */
  seq: Integer,
})
export interface RunList extends t.TypeOf<typeof RunList> {}

const FacetValue = record('FacetValue', { value: nullable(t.string), count: Integer })

const FacetColumn = record('FacetColumn', {
  column: t.string,
  values: t.readonlyArray(FacetValue),
  /** The number of further values, which are left out: the filter has none of them. */
  more: Integer,
})

/** `GET /api/facets`: the values of the columns that runs are filtered by, most frequent first. */
export const FacetList = record('FacetList', {
  total: Integer,
  columns: t.readonlyArray(FacetColumn),
})
export interface FacetList extends t.TypeOf<typeof FacetList> {}
