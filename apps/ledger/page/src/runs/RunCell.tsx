import { escapeUnprintable } from '@finetune-kit/codec'
import type { RunRow } from '../../../src/api/RunRow.ts'
import { cellText, State } from '../CellValue.tsx'
import { Moment } from '../Moment.tsx'
import { Ends } from './Ends.tsx'
import { type RunColumn, usefulColumns, valueIn } from './RunColumn.ts'

interface Props {
  readonly run: RunRow
  readonly column: RunColumn
}

/** A cell of the table of runs: few nodes, because there are thousands of them. */
export const RunCell = ({ run, column: shown }: Props) => {
  const { column, value } = valueIn(run, shown)
  if (column === undefined) return <td />
  const { view, title } = column
  const text = cellText(view, value)
  const isOther = title !== shown.title
  return (
    <td
      className={view.kind}
      data-title={shown.title}
      data-empty={value === undefined}
      title={isOther ? `${title}: ${text}` : text.length > 12 ? text : undefined}
    >
      {shown === statusColumn && typeof value === 'string' ? (
        <State word={value} tone={run.phase ?? ''} />
      ) : view.kind === 'time' && typeof value === 'number' ? (
        <Moment seconds={value} />
      ) : shown === modelColumn ? (
        <Ends text={text} tail={11} />
      ) : (
        text
      )}
    </td>
  )
}

const [statusColumn, modelColumn] = usefulColumns

/** The words of the reader about a run: tags, a note, hidden or not. */
export const RunMarks = ({ run: { tags, note, hidden } }: Pick<Props, 'run'>) => (
  <>
    {hidden && <span className="tag">hidden</span>}
    {tags.slice(0, 3).map(tag => (
      <span key={tag} className="tag">
        {escapeUnprintable(tag, 24)}
      </span>
    ))}
    {tags.length > 3 && <span className="tag">+{tags.length - 3}</span>}
    {note !== '' && (
      <span className="tag" title={escapeUnprintable(note, 400)}>
        note
      </span>
    )}
  </>
)
