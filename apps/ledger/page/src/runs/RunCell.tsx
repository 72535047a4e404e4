import { escapeUnprintable } from '@finetune-kit/codec'
import type { RunRow } from '../../../src/api/RunRow.ts'
import { cellText, State } from '../CellValue.tsx'
import { End, Ends } from '../Ends.tsx'
import { Moment } from '../Moment.tsx'
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
      className={names.has(shown) ? 'text model' : view.kind}
      data-title={shown.title}
      data-empty={value === undefined}
      title={isOther ? `${title}: ${text}` : text.length > 9 ? text : undefined}
    >
      {shown === statusColumn && typeof value === 'string' ? (
        <State word={value} tone={run.phase ?? ''} />
      ) : view.kind === 'time' && typeof value === 'number' ? (
        <Moment seconds={value} />
      ) : shown === modelColumn && value !== undefined ? (
        <ModelName run={run} text={text} />
      ) : shown === baseColumn ? (
        <Ends text={text} tail={11} />
      ) : (
        text
      )}
    </td>
  )
}

const [statusColumn, modelColumn, baseColumn] = usefulColumns

/** The columns of names of models, which are written as ids are. */
const names: ReadonlySet<unknown> = new Set([modelColumn, baseColumn])

/**
 * The name of a fine-tuned model, from its suffix on: people know it, and what follows tells models
 * with the same one apart. Where nothing follows, what precedes it does.
 */
const ModelName = ({ run: { suffix }, text }: Pick<Props, 'run'> & { readonly text: string }) => {
  const words = escapeUnprintable(suffix ?? '', 80)
  const start = words === '' ? -1 : text.lastIndexOf(words)
  if (start < 1) return <Ends text={text} tail={9} />
  const after = lengthOf(text.slice(start + words.length))
  if (after === 0) return <End text={text} />
  return <Ends text={text} from={lengthOf(text.slice(0, start))} tail={Math.min(4, after)} />
}

const lengthOf = (text: string): number => Array.from(text).length

/** The words of the reader about a run, each in a few letters: hidden or not, tags, a note. */
const marksOf = ({ tags, note, hidden }: RunRow): ReadonlyArray<Mark> => [
  ...(hidden ? [{ text: 'hidden' }] : []),
  ...tags.map(tag => ({ text: escapeUnprintable(tag, 24), title: escapeUnprintable(tag, 400) })),
  ...(note === '' ? [] : [{ text: 'note', title: escapeUnprintable(note, 400) }]),
]

interface Mark {
  readonly text: string
  readonly title?: string
}

/** The words of the reader about a run: the first ones, as the column has room, and how many more. */
export const RunMarks = ({ run }: Pick<Props, 'run'>) => {
  const marks = marksOf(run)
  return (
    <>
      {marks.slice(0, maxMarks).map(({ text, title }, i) => (
        <span key={i} className="tag" title={title}>
          {text}
        </span>
      ))}
      {[1, 3, maxMarks].map(count => (
        <Others key={count} after={count} marks={marks.slice(count)} />
      ))}
    </>
  )
}

/** The most marks of a run in a list, on a phone; a table shows one, or three where it is wide. */
const maxMarks = 12

interface OthersProps {
  /** The number of marks that are shown where these are not. */
  readonly after: number
  readonly marks: ReadonlyArray<Mark>
}

const Others = ({ after, marks }: OthersProps) =>
  marks.length > 0 && (
    <span
      className="tag others"
      data-after={after}
      title={marks.map(({ text, title }) => (title === undefined ? text : title)).join('\n')}
    >
      +{marks.length}
    </span>
  )
