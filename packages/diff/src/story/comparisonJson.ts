import { redact } from '../redact.ts'
import type { RunComparison } from './compareRuns.ts'

/** Writes a comparison as JSON: its runs, and every row with values, best marks and differences. */
export const comparisonJson = (
  comparison: RunComparison,
  { redacted = false }: { readonly redacted?: boolean } = {},
): string => JSON.stringify(redacted ? redact(comparison) : comparison, null, 2)
