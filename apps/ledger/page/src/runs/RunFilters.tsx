import { escapeUnprintable } from '@finetune-kit/codec'
import { useEffect, useRef, useState } from 'react'
import type { FacetList } from '../../../src/api/runs.ts'
import { asTyped } from '../asTyped.ts'
import { Menu } from '../Menu.tsx'
import { everything, type TableQuery } from '../Route.ts'
import { CreatedFilter } from './CreatedFilter.tsx'
import { Facets } from './Facets.tsx'
import { otherColumns } from './RunColumn.ts'
import { SortChoice } from './SortChoice.tsx'

interface Props {
  readonly query: TableQuery
  /** Undefined until the server has told them. */
  readonly facets: FacetList['columns'] | undefined
  readonly onQuery: (query: TableQuery, isTyped?: boolean) => void
}

/** Search, filters and further columns of the table of runs. */
export const RunFilters = ({ query, facets, onQuery }: Props) => (
  <form
    className="filters"
    role="search"
    data-awaited={facets === undefined}
    onSubmit={event => event.preventDefault()}
  >
    <SearchField query={query} onQuery={onQuery} />
    <SortChoice query={query} onQuery={onQuery} />
    {/* those that are known would be pushed aside by the others */}
    {facets !== undefined && (
      <>
        <Facets query={query} facets={facets} onQuery={onQuery} />
        <CreatedFilter query={query} onQuery={onQuery} />
        <HiddenChoice query={query} onQuery={onQuery} />
        <ColumnChoice query={query} onQuery={onQuery} />
      </>
    )}
    {query.tag !== '' && (
      <button type="button" className="button" onClick={() => onQuery({ ...query, tag: '' })}>
        Tag: <b>{escapeUnprintable(query.tag, 40)}</b> ×
      </button>
    )}
  </form>
)

/** The table without its filters, with the same columns and selection. */
export const widen = ({ columns, selected }: TableQuery): TableQuery => ({ ...everything, columns, selected })

/** True if the query leaves runs out, or shows hidden ones. */
export const isNarrowed = (query: TableQuery): boolean =>
  narrowing.some(field => query[field] !== '') || Object.keys(query.filters).length > 0

const narrowing = ['search', 'tag', 'createdFrom', 'createdBefore', 'hidden'] as const

type FieldProps = Omit<Props, 'facets'>

/** Searches after a pause in typing; a slash puts the cursor here, Enter or an arrow on the rows. */
const SearchField = ({ query, onQuery }: FieldProps) => {
  const ref = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(query.search)
  const [known, setKnown] = useState(query.search)
  if (known !== query.search) {
    setKnown(query.search)
    setText(query.search)
  }
  useEffect(() => {
    if (text === query.search) return undefined
    const timer = setTimeout(() => onQuery({ ...query, search: text }, true), pause)
    return () => clearTimeout(timer)
  }, [text, query, onQuery])
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof Element && event.target.closest('input, textarea, select') !== null
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      ref.current?.focus()
    }
    addEventListener('keydown', focus)
    return () => removeEventListener('keydown', focus)
  }, [])
  return (
    <input
      ref={ref}
      type="search"
      {...asTyped}
      aria-label="Search"
      aria-keyshortcuts="/"
      value={text}
      placeholder="Search  /"
      title="Part of an id, a name, a tag or a note. The key / puts the cursor here."
      onChange={event => setText(event.target.value)}
      onKeyDown={event => {
        if (event.key !== 'Enter' && event.key !== 'ArrowDown') return
        event.preventDefault()
        document.querySelector<HTMLElement>('tr[data-index] a')?.focus()
      }}
    />
  )
}

/** In milliseconds. */
const pause = 150

const HiddenChoice = ({ query, onQuery }: FieldProps) => (
  <Menu
    title="Hidden"
    note={query.hidden === '' ? '' : (hiddenWords.get(query.hidden) ?? '')}
    isActive={query.hidden !== ''}
  >
    <fieldset>
      <legend>Hidden runs</legend>
      {[...hiddenWords].map(([value, words]) => (
        <label key={value}>
          <input
            type="radio"
            name="hidden"
            checked={query.hidden === value}
            onChange={() => onQuery({ ...query, hidden: value })}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  </Menu>
)

const hiddenWords = new Map([
  ['', 'not shown'],
  ['with', 'shown too'],
  ['only', 'only these'],
])

const ColumnChoice = ({ query, onQuery }: FieldProps) => {
  const { columns } = query
  const toggle = (id: string) =>
    onQuery({
      ...query,
      columns: columns.includes(id) ? columns.filter(other => other !== id) : [...columns, id],
    })
  return (
    <Menu
      title="Columns"
      isAtEnd
      note={columns.length === 0 ? '' : `+${columns.length}`}
      isActive={columns.length > 0}
    >
      <fieldset className="wide">
        <legend>Further columns</legend>
        {otherColumns.map(({ id, title, columns: [column] }) => (
          <label key={id} title={column?.description}>
            <input type="checkbox" checked={columns.includes(id)} onChange={() => toggle(id)} />
            <span>{title}</span>
          </label>
        ))}
      </fieldset>
    </Menu>
  )
}
