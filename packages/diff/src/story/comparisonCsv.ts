import { isFormula } from '@finetune-kit/codec/compile'
import { redact } from '../redact.ts'
import type { RunComparison } from './compareRuns.ts'

/**
 * Writes a comparison as CSV (RFC 4180): a row for each run, a column for each field, numbers as
 * they are. A text that a spreadsheet would take for a formula begins with an apostrophe.
 */
export const comparisonCsv = (
  comparison: RunComparison,
  { redacted = false }: { readonly redacted?: boolean } = {},
): string => {
  const { runs, rows, baseline } = redacted ? redact(comparison) : comparison
  const deltas = baseline === null ? [] : rows.filter(row => row.deltas.some(delta => delta !== null))
  const header = ['id', ...rows.map(row => row.field), ...deltas.map(row => `${row.field}_delta`)]
  const columns = [runs, ...rows.map(({ values }) => values), ...deltas.map(row => row.deltas)]
  const body = runs.map((_, i) => columns.map(column => column[i] ?? null))
  return [header, ...body].map(row => row.map(field).join(',')).join('\r\n')
}

const field = (value: string | number | null): string => {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = isFormula(value) ? `'${value}` : value
  // a spreadsheet may take a semicolon or a tab for a delimiter too, and what follows for a formula
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
