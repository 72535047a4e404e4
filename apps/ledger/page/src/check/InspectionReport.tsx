import { escapeUnprintable } from '@finetune-kit/codec'
import { RecordKind } from '@finetune-kit/model'
import { pluralize } from '../pluralize.ts'
import { quantity } from '../CellValue.tsx'
import { Conversion } from './Conversion.tsx'
import type { Inspection } from './inspect.ts'
import type { Problem } from './Problem.ts'

interface Props {
  readonly inspection: Inspection
  /** Shows a line of the input, where it is on the page. */
  readonly onSelect: ((line: number) => void) | undefined
}

/** The identity of an input, and whether it is valid. */
export const Verdict = ({ inspection }: Pick<Props, 'inspection'>) => (
  <h2 className="verdict" data-valid={inspection.found === 0}>
    {identity(inspection)}. {verdict(inspection)}
  </h2>
)

/** Shows the problems of an input, and its records in another format. */
export const InspectionReport = ({ inspection, onSelect }: Props) => {
  const { problems, found, warnings, records, curves } = inspection
  return (
    <>
      {problems.length > 0 && (
        <Problems name="What is wrong" problems={problems} found={found} onSelect={onSelect} />
      )}
      {warnings.length > 0 && (
        <Problems name="What is odd" problems={warnings} found={warnings.length} onSelect={onSelect} />
      )}
      {curves.length > 0 && <Metrics curves={curves} />}
      {records.length > 0 && <Conversion records={records} />}
    </>
  )
}

/** `2 jobs and 1 event in NDJSON, gzip` */
const identity = ({ kinds, format, compression, invalid }: Inspection): string => {
  const counted = [...kinds].map(([kind, count]) => pluralize(count, RecordKind.nounOf(kind)))
  const what = counted.length === 0 ? (invalid === 0 ? 'No record' : 'No valid record') : counted.join(', ')
  return `${what} in ${format}${compression === undefined ? '' : `, compressed by ${compression}`}`
}

const verdict = ({ invalid, found, kinds }: Inspection): string => {
  if (found === 0) return kinds.size === 0 ? '' : 'All valid.'
  if (invalid === 0) return `${pluralize(found, 'problem')}.`
  return `${pluralize(invalid, 'invalid record')}: ${pluralize(found, 'problem')}.`
}

interface ProblemsProps extends Pick<Props, 'onSelect'> {
  readonly name: string
  readonly problems: ReadonlyArray<Problem>
  readonly found: number
}

const Problems = ({ name, problems, found, onSelect }: ProblemsProps) => (
  <>
    <h3>{name}</h3>
    <div className="scroll" tabIndex={0} role="region" aria-label={name}>
      <table className="problems">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Path</th>
            <th scope="col">Problem</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, column, path, message }, index) => (
            <tr key={index}>
              <td data-title="Line" data-empty={line === null}>
                {line !== null && onSelect !== undefined ? (
                  <button type="button" className="link" onClick={() => onSelect(line)}>
                    {place(line, column)}
                  </button>
                ) : (
                  line !== null && place(line, column)
                )}
              </td>
              <td data-title="Path" data-empty={path === ''}>
                <code>{escapeUnprintable(path, 300)}</code>
              </td>
              <td data-title="Problem">{escapeUnprintable(message, 1000)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {found > problems.length && (
      <p className="note">… and {pluralize(found - problems.length, 'more problem')}.</p>
    )}
  </>
)

const place = (line: number, column: number | null): string =>
  column === null ? String(line) : `${line}:${column}`

const Metrics = ({ curves }: Pick<Inspection, 'curves'>) => (
  <div className="scroll" tabIndex={0} role="region" aria-label="Metrics">
    <table className="metrics">
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col" className="number">
            Values
          </th>
          <th scope="col" className="number">
            Best
          </th>
          <th scope="col" className="number">
            Last
          </th>
        </tr>
      </thead>
      <tbody>
        {curves.map(({ metric, points, best, last }) => (
          <tr key={metric}>
            <th scope="row">{escapeUnprintable(metric, 80)}</th>
            <td className="number" data-title="Values">
              {points.length}
            </td>
            <td className="number" data-title="Best">
              {best === null ? '–' : `${quantity(best.value, undefined)} at step ${best.step}`}
            </td>
            <td className="number" data-title="Last">
              {quantity(last.value, undefined)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
