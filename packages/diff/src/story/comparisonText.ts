import type { TextOptions } from '../RenderOptions.ts'
import type { RunComparison } from './compareRuns.ts'
import { maxShown } from '../internal/drawValue.ts'
import { escapeForLog } from '../internal/escapeForLog.ts'
import { redact } from '../redact.ts'

/** A comparison as a table for a terminal. In colours, rows that differ are yellow. */
export const comparisonText = (comparison: RunComparison, options: TextOptions = {}): string => {
  const { runs, rows } = options.redacted === true ? redact(comparison) : comparison
  const table = [
    { cells: ['', ...runs.map(shown)], differs: false },
    ...rows.map(({ label, cells, differs }) => ({
      cells: [escapeForLog(label), ...cells.map(cell => (cell === null ? '' : shown(cell)))],
      differs,
    })),
  ]
  const widths = ['', ...runs].map((_, i) =>
    table.reduce((width, { cells }) => Math.max(width, (cells[i] ?? '').length), 0),
  )
  return table
    .map(({ cells, differs }) => {
      const line = cells
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()
      return differs && options.colours === true ? `\u001b[33m${line}\u001b[0m` : line
    })
    .join('\n')
}

const shown = (text: string): string => {
  const whole = escapeForLog(text)
  return whole.length <= maxShown ? whole : `${whole.slice(0, maxShown - 1)}…`
}
