import {
  createColumnHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type KeyboardEvent, memo, useMemo } from 'react'
import type { RunRow } from '../../../src/api/RunRow.ts'
import { Ends } from '../Ends.tsx'
import { link, runRoute, type TableQuery } from '../Route.ts'
import { nameOf } from './nameOf.ts'
import { RunCell, RunMarks } from './RunCell.tsx'
import { fieldsOf, mostShown, type RunColumn, sortedColumns, sortOf, titleOf } from './RunColumn.ts'
import { ColumnHead } from './ColumnHead.tsx'
import { type Row, useLastRun } from './useLastRun.ts'
import { useRowWindow } from './useRowWindow.ts'
import { useRunPages } from './useRunPages.ts'

interface Props {
  readonly query: TableQuery
  /** The query whose rows are shown: the one before, until the rows of this one come. */
  readonly shown: TableQuery
  readonly columns: ReadonlyArray<RunColumn>
  /** The number of runs that match, loaded or not. */
  readonly matched: number
  readonly onQuery: (query: TableQuery) => void
  /** Called with the number of the first row in sight, from 0, after scrolling. */
  readonly onPlace: (row: number) => void
}

const features = tableFeatures({ rowSelectionFeature, rowSortingFeature })
const helper = createColumnHelper<typeof features, RunRow>()
const rowKey = ({ key }: RunRow): string => key

/** The runs of a query: only the rows in sight are in the document, and only their pages loaded. */
export const RunTable = ({ query, shown, columns, matched, onQuery, onPlace }: Props) => {
  const { selected } = query
  const { rows, isPrinting, ...place } = useRowWindow({ query: shown, matched, onPlace })
  const { ref, count, measure, before, after, onScroll, settle, firstInSight, focusRow } = place
  const runAt = useRunPages(shown, { from: rows[0] ?? 0, to: rows.at(-1) ?? 0, count })
  const inSight = rows.map(index => ({ index, run: runAt(index) }))
  const runs = inSight.flatMap(({ run }) => run ?? [])
  useLastRun(inSight)
  const table = useRunTable({ query, columns, runs })
  const toggle = (key: string) =>
    onQuery({
      ...query,
      selected: selected.includes(key) ? selected.filter(other => other !== key) : [...selected, key],
    })
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as Element
    const index = target.closest('tr[data-index]')?.getAttribute('data-index') ?? null
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const run = index === null ? undefined : runAt(Number(index))
    const step = steps[event.key]
    if (event.key === ' ' && target.localName === 'a' && run !== undefined) toggle(run.key)
    else if (index !== null && step !== undefined) focusRow(Number(index) + step)
    else if (index === null && event.key === 'ArrowDown') focusRow(firstInSight())
    else return
    event.preventDefault()
  }
  return (
    <div
      className="scroll window"
      ref={ref}
      onScroll={onScroll}
      onPointerDownCapture={settle}
      onKeyDownCapture={settle}
      onKeyDown={onKeyDown}
      tabIndex={0}
      role="region"
      aria-label="Table of runs"
    >
      <table className="runs" aria-rowcount={matched + 1}>
        <colgroup>
          <col style={{ width: '2.2rem' }} />
          <col style={{ width: '10.2rem' }} />
          {columns.map(({ id, width }) => (
            <col key={id} style={{ width: `${width}rem` }} />
          ))}
        </colgroup>
        <TableHead query={query} columns={columns} runs={runs} table={table} onQuery={onQuery} />
        <tbody>
          {before > 0 && <Space height={before} />}
          {inSight.map(({ index, run }) =>
            run === undefined ? (
              <tr key={index} aria-rowindex={index + 2} className="pending">
                <td colSpan={columns.length + 2}>…</td>
              </tr>
            ) : (
              <RunTableRow
                key={index}
                index={index}
                run={run}
                columns={columns}
                isSelected={selected.includes(run.key)}
                measure={measure}
                onToggle={toggle}
              />
            ),
          )}
          {after > 0 && <Space height={after} />}
        </tbody>
      </table>
      {isPrinting && runs.length > 0 && runs.length < matched && (
        <PrintedRows rows={inSight} matched={matched} />
      )}
    </div>
  )
}

interface PrintedProps extends Pick<Props, 'matched'> {
  readonly rows: ReadonlyArray<Row>
}

/** The rows that are on paper, where these are not all. */
const PrintedRows = ({ rows, matched }: PrintedProps) => {
  const printed = rows
    .filter(({ run }) => run !== undefined)
    .map(({ index }) => (index + 1).toLocaleString('en-US'))
  return (
    <p className="none">
      Rows {printed[0]} to {printed.at(-1)} of {matched.toLocaleString('en-US')}. Export gives all of them.
    </p>
  )
}

type Options = Pick<Props, 'query' | 'columns'> & { readonly runs: ReadonlyArray<RunRow> }

/** The table as TanStack's model of it; the server sorts. */
const useRunTable = ({ query, columns, runs }: Options) => {
  const { order, selected } = query
  const sort = sortOf(query)
  return useTable({
    features,
    columns: useMemo(
      () =>
        helper.columns([
          helper.display({ id: 'id', header: 'Run' }),
          ...columns.map(({ id, title }) => helper.display({ id, header: title })),
        ]),
      [columns],
    ),
    data: runs,
    getRowId: rowKey,
    manualSorting: true,
    state: {
      sorting: (sort === 'id' ? [{ id: sort }] : sortedColumns(columns, sort)).map(({ id }) => ({
        id,
        desc: order !== 'ascending',
      })),
      rowSelection: useMemo(() => Object.fromEntries(selected.map(key => [key, true])), [selected]),
    },
  })
}

interface HeadProps extends Options, Pick<Props, 'onQuery'> {
  readonly table: ReturnType<typeof useRunTable>
}

const TableHead = ({ query, columns, runs, table, onQuery }: HeadProps) => (
  <thead>
    <tr aria-rowindex={1}>
      <td />
      {table.getHeaderGroups()[0]?.headers.map(header => {
        const column = columns.find(({ id }) => id === header.id)
        const sorted = header.column.getIsSorted()
        const field =
          column === undefined ? header.id : sorted === false ? mostShown(runs, column) : sortOf(query)
        return (
          <ColumnHead
            key={header.id}
            title={String(header.column.columnDef.header)}
            by={column !== undefined && fieldsOf(column).length > 1 ? titleOf(field) : undefined}
            kind={column?.columns[0]?.view.kind ?? 'text'}
            sorted={sorted}
            onSort={next =>
              onQuery({
                ...query,
                sort: next === '' ? '' : field,
                order: next === 'ascending' ? next : '',
              })
            }
          />
        )
      })}
    </tr>
  </thead>
)

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

/** The rows that are not in the document. */
const Space = ({ height }: { readonly height: number }) => (
  <tr aria-hidden="true" className="space" style={{ height }} />
)

interface RowProps {
  readonly index: number
  readonly run: RunRow
  readonly columns: ReadonlyArray<RunColumn>
  readonly isSelected: boolean
  readonly measure: (row: Element | null) => void
  readonly onToggle: (key: string) => void
}

const RunTableRow = memo(
  ({ index, run, columns, isSelected, measure, onToggle }: RowProps) => (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      data-phase={run.phase}
      data-selected={isSelected}
    >
      <td className="mark">
        <label>
          <input
            type="checkbox"
            aria-label={`Select ${nameOf(run)}`}
            checked={isSelected}
            onChange={() => onToggle(run.key)}
          />
        </label>
      </td>
      <th scope="row">
        <span className="name">
          <a href={link(runRoute(run.key))} title={nameOf(run)} aria-label={nameOf(run)}>
            <Ends text={nameOf(run)} tail={8} />
          </a>
          <RunMarks run={run} />
        </span>
      </th>
      {columns.map(column => (
        <RunCell key={column.id} run={run} column={column} />
      ))}
    </tr>
  ),
  (a, b) =>
    a.run === b.run && a.index === b.index && a.isSelected === b.isSelected && a.columns === b.columns,
)
