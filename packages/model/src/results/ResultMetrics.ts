import { CsvError, parse as parseCsv } from '#csv-parse'
import { decodeBase64IfNeeded } from './decodeBase64IfNeeded.ts'
import { describeForeign } from './describeForeign.ts'
import { type Columns, columnsOf, type ResultProblem } from './columnsOf.ts'

export type { ResultProblem }

/** One line of a result file: the metrics of one step. */
export interface ResultRow {
  /** The number of the line in the file, from 1; the last one of a row that spans several. */
  readonly line: number
  /** The number of the step; null where the file has none. */
  readonly step: number | null
  /** Every cell by its column: a number, null for an empty cell, or any other text. */
  readonly values: Readonly<Record<string, number | string | null>>
}

/** A result file: `compiled_results.csv` of a fine-tune, or `step_metrics.csv` of a job. */
export interface ResultMetrics {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ResultRow>
  readonly problems: ReadonlyArray<ResultProblem>
}

/**
 * Reads a result file, plain or as the one line of base64 that the service used to return.
 * Nothing is lost: unknown columns stay, and so does the text of a cell that should be a number. An
 * empty cell is null, and so is -1 in a column of metrics, where it was written for "no value".
 *
 * @example
 * import { ResultMetrics } from '@finetune-kit/model/results'
 * const { rows } = ResultMetrics.parse('step,train_loss,valid_loss\n1,8e-05,\n')
 * rows[0]?.values // => { step: 1, train_loss: 8e-05, valid_loss: null }
 */
export const parse = (text: string): ResultMetrics => {
  const decoded = decodeBase64IfNeeded(text)
  const foreign = describeForeign(decoded)
  if (foreign !== null)
    return { columns: [], rows: [], problems: [{ line: 1, column: null, reason: foreign }] }
  const problems: Array<ResultProblem> = []
  const rows: Array<ResultRow> = []
  let header: Columns | undefined
  const read = (cells: ReadonlyArray<string>, line: number) => {
    if (header === undefined) {
      header = columnsOf(cells, line)
      problems.push(...header.problems)
      if (!header.names.some(name => known.test(name)))
        problems.push({
          line,
          column: null,
          reason: 'the header has no column of a result file, such as step',
        })
    } else rows.push(rowOf(cells, line, header.names, problems))
  }
  try {
    parseCsv(decoded, {
      bom: true,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (cells: ReadonlyArray<string>, { lines }) => {
        read(cells, lines)
        return null // collects nothing: an error further down must not lose the rows before it
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1
    problems.push({ line, column: null, reason: `not CSV: ${error.message}` })
  }
  return { columns: header?.names ?? [], rows, problems }
}

const rowOf = (
  cells: ReadonlyArray<string>,
  line: number,
  columns: ReadonlyArray<string>,
  problems: Array<ResultProblem>,
): ResultRow => {
  if (cells.length !== columns.length)
    problems.push({ line, column: null, reason: `expected ${columns.length} cells, found ${cells.length}` })
  const names = [...columns, ...cells.slice(columns.length).map((_, i) => `column ${columns.length + i + 1}`)]
  const values = Object.fromEntries(
    names.map((column, i) => {
      const value = valueOf(cells[i] ?? '', column)
      if (typeof value === 'string' && known.test(column))
        problems.push({ line, column, reason: `${JSON.stringify(value.slice(0, 80))} is not a number` })
      return [column, value]
    }),
  )
  const step = Object.hasOwn(values, 'step') ? values['step'] : null
  return { line, step: typeof step === 'number' ? step : null, values }
}

const valueOf = (cell: string, column: string): number | string | null => {
  if (cell === '') return null
  // Number alone takes "0x10" and "Infinity" too
  const number = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN
  if (!Number.isFinite(number)) return cell
  return number === -1 && metric.test(column) ? null : number
}

/** Columns of metrics of both families, among them `classification/f1.0`, one for each beta. */
const metric =
  /^(?:(?:training|validation)_(?:loss|sequence_accuracy|token_accuracy)|classification\/.+|(?:train|valid|full_valid)_(?:loss|accuracy|mean_token_accuracy))$/

/** Columns of numbers. A reward of -1 is a value. */
const known = new RegExp(
  `^(?:step|elapsed_tokens|elapsed_examples|(?:train|valid|full_valid)_mean_reward)$|${metric.source}`,
)
