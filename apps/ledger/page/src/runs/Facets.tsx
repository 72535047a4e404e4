import { escapeUnprintable } from '@finetune-kit/codec'
import { useState } from 'react'
import type { FacetList } from '../../../src/api/runs.ts'
import { Menu } from '../Menu.tsx'
import type { TableQuery } from '../Route.ts'
import { pluralize } from '../pluralize.ts'
import { titleOf } from './RunColumn.ts'

type Facet = FacetList['columns'][number]

interface Props {
  readonly query: TableQuery
  readonly facets: ReadonlyArray<Facet>
  readonly onQuery: (query: TableQuery) => void
}

/**
 * The values that runs can be filtered by, with the number of runs of each. A column that had
 * several of them stays: the others would move under the pointer.
 */
export const Facets = ({ query, facets, onQuery }: Props) => {
  const [shown, setShown] = useState<ReadonlyArray<string>>([])
  const isUseful = ({ column, values }: Facet) => values.length > 1 || chosenOf(query, column).length > 0
  const useful = facets.filter(facet => shown.includes(facet.column) || isUseful(facet))
  if (useful.length > shown.length) setShown(useful.map(({ column }) => column))
  return shown.map(column => (
    <FacetMenu
      key={column}
      facet={facets.find(facet => facet.column === column) ?? { column, values: [], more: 0 }}
      query={query}
      onQuery={onQuery}
    />
  ))
}

const chosenOf = ({ filters }: TableQuery, column: string): ReadonlyArray<string> => filters[column] ?? []

const FacetMenu = ({
  facet: { column, values, more },
  query,
  onQuery,
}: Omit<Props, 'facets'> & { readonly facet: Facet }) => {
  const chosen = chosenOf(query, column)
  // one that was chosen stays: its checkbox would go with the choice, and the focus would be lost
  const [known, setKnown] = useState(chosen)
  if (!chosen.every(value => known.includes(value))) setKnown([...new Set([...known, ...chosen])])
  const set = (next: ReadonlyArray<string>) => {
    const { [column]: _, ...others } = query.filters
    onQuery({ ...query, filters: next.length === 0 ? others : { ...others, [column]: next } })
  }
  const title = titleOf(column)
  const shown = values.filter(({ value }, i) => i < maxValues || known.includes(value ?? ''))
  const left = values.length - shown.length + more
  const gone = known.filter(text => values.every(({ value }) => (value ?? '') !== text))
  return (
    <Menu
      title={title}
      note={chosen.length === 0 ? '' : chosen.map(value => wordOf(value, 40)).join(', ')}
      isActive={chosen.length > 0}
    >
      <fieldset>
        <legend>{title}</legend>
        {shown.length + gone.length === 0 && <span className="none">No value to choose.</span>}
        {[...shown, ...gone.map(value => ({ value, count: 0 }))].map(({ value, count }) => {
          const text = value ?? ''
          return (
            <label key={text}>
              <input
                type="checkbox"
                checked={chosen.includes(text)}
                onChange={() =>
                  set(chosen.includes(text) ? chosen.filter(other => other !== text) : [...chosen, text])
                }
              />
              <span>{wordOf(text, 200)}</span>
              <span className="none">{count.toLocaleString('en-US')}</span>
            </label>
          )
        })}
      </fieldset>
      {left > 0 && <p className="none">{pluralize(left, 'more value')}</p>}
      {chosen.length > 0 && (
        <button
          type="button"
          className="link"
          onClick={({ currentTarget }) => {
            // the button goes with the choice, and Escape would not close the menu
            currentTarget.closest<HTMLElement>('.panel')?.focus()
            set([])
          }}
        >
          Any {title.toLowerCase()}
        </button>
      )}
    </Menu>
  )
}

const wordOf = (value: string, length: number): string =>
  value === '' ? '(none)' : escapeUnprintable(value, length)

/** The most values of a column that are listed, but for chosen ones; others can be searched for. */
const maxValues = 50
