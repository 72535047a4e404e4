import { escapeUnprintable } from '@finetune-kit/codec'
import type { RunSummary } from '@finetune-kit/model'
import { colourClass, missingDecimals } from '@finetune-kit/report'
import { Ends } from '../Ends.tsx'
import { Moment } from '../Moment.tsx'
import { maxId } from '../runs/nameOf.ts'
import { type ComparisonRow, deltaOf, type RunComparison } from '@finetune-kit/diff/story'

interface Props {
  readonly comparison: RunComparison
  /** Pins the run of this number, or none. */
  readonly onBaseline: (run: number | null) => void
  readonly onRemove: (run: number) => void
  readonly linkOf: (run: number) => string
}

/** Runs side by side, a row for each field. */
export const ComparisonTable = ({ comparison, onBaseline, onRemove, linkOf }: Props) => {
  const { runs, baseline, rows } = comparison
  const names = runs.map(run => escapeUnprintable(run, maxId))
  const words = wordsOf(comparison)
  return (
    <div className="scroll comparison-scroll" tabIndex={0} role="region" aria-label="Comparison of the runs">
      <table className="comparison">
        <thead>
          <tr>
            <th scope="col">Field</th>
            {names.map((name, index) => (
              <th key={index} scope="col" data-baseline={index === baseline}>
                <a className="run" href={linkOf(index)} title={name} aria-label={`${words[index]}${name}`}>
                  {words[index] !== '' && <span className="word">{words[index]}</span>}
                  <span className="id">
                    <i className={`swatch ${colourClass(index)}`} />
                    <Ends text={name} tail={8} />
                  </span>
                </a>
              </th>
            ))}
          </tr>
          <tr className="column-actions">
            <td />
            {names.map((name, index) => (
              <td key={index} data-baseline={index === baseline}>
                <BaselineButton
                  name={name}
                  isBaseline={index === baseline}
                  onPress={() => onBaseline(index === baseline ? null : index)}
                />
                {names.length > 2 && (
                  <button
                    type="button"
                    className="link"
                    onClick={({ currentTarget }) => {
                      // the button goes with its run, and the focus would be lost
                      currentTarget.closest<HTMLElement>('.comparison-scroll')?.focus()
                      onRemove(index)
                    }}
                  >
                    Remove<span className="unseen"> {name}</span>
                  </button>
                )}
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.field} data-differs={row.differs}>
              <th scope="row">{escapeUnprintable(row.label, 100)}</th>
              <Cells row={row} baseline={baseline} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The field of the word that the user put into the name of a model. */
const word: keyof RunSummary = 'suffix'

/** The word of each run with a space after it, where it tells some of them apart; empty elsewhere. */
const wordsOf = ({ runs, rows }: RunComparison): ReadonlyArray<string> => {
  const row = rows.find(({ field, differs }) => field === word && differs)
  return runs.map((_, index) => {
    const text = row?.cells[index]?.trim() ?? ''
    return text === '' ? '' : `${escapeUnprintable(text, 100)} `
  })
}

interface BaselineButtonProps {
  readonly name: string
  readonly isBaseline: boolean
  readonly onPress: () => void
}

const BaselineButton = ({ name, isBaseline, onPress }: BaselineButtonProps) => (
  <button type="button" className="link" aria-pressed={isBaseline} onClick={onPress}>
    {isBaseline ? 'Baseline' : 'Make it the baseline'}
    <span className="unseen"> ({name})</span>
  </button>
)

/** The values of one field. A missing number stands where the others do. */
const Cells = ({ row, baseline }: { readonly row: ComparisonRow; readonly baseline: number | null }) => {
  const isNumber = row.unit !== 'Unix seconds' && row.values.some(value => typeof value === 'number')
  const rests = missingDecimals(row.cells.map(cell => cell ?? ''))
  return row.cells.map((_, index) => (
    <td key={index} className={isNumber ? 'number' : ''} data-baseline={index === baseline}>
      <Cell row={row} index={index} rest={isNumber ? rests[index] : undefined} />
    </td>
  ))
}

interface CellProps {
  readonly row: ComparisonRow
  readonly index: number
  /** The decimals that it lacks. */
  readonly rest: string | undefined
}

const Cell = ({ row, index, rest }: CellProps) => {
  const [cell, delta] = [row.cells[index] ?? null, row.deltas[index] ?? null]
  const value = row.values[index] ?? null
  if (cell === null)
    return (
      <span className="none" aria-label="no value">
        –
      </span>
    )
  return (
    <>
      {typeof value === 'number' && row.unit === 'Unix seconds' ? (
        <Moment seconds={value} isExact />
      ) : (
        <span className={row.best[index] === true ? 'best' : undefined} data-rest={rest}>
          {/* before the number, whose end is that of the others */}
          {row.best[index] === true && <span title="the best value">★ </span>}
          {escapeUnprintable(cell, 400)}
        </span>
      )}
      {delta !== null && delta !== 0 && <small className="delta"> {deltaOf(delta, row.unit)}</small>}
    </>
  )
}
