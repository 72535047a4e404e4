import { escapeUnprintable } from '@finetune-kit/codec'
import type { Rejected } from './sortRecords.ts'

/**
 * A line for each issue of a rejected record, beginning with its position in the input:
 * `FILE:LINE`, or line and column where the reason has them, or `FILE: record N` where it has no
 * lines.
 */
export const rejectLines = (
  name: string,
  { line, record, reason }: Pick<Rejected, 'line' | 'record' | 'reason'>,
): ReadonlyArray<string> => {
  const file = escapeUnprintable(name)
  return reason.split('\n').map(issue => {
    if (record !== undefined) {
      const rest = issue.replace(/^record \d+:? /, '')
      return `${file}: record ${record}${rest.startsWith('/') ? '' : ':'} ${rest}`
    }
    const [, place, rest] = /^(\d+:\d+) (.*)$/.exec(issue) ?? []
    if (place !== undefined) return `${file}:${place} ${rest}`
    if (line !== undefined) return `${file}:${line} ${issue}`
    return `${file}${issue.startsWith('/') ? '' : ':'} ${issue}`
  })
}
