import { escapeUnprintable } from '@finetune-kit/codec'
import type { Rejected } from './sortRecords.ts'

/**
 * A line for each issue of a rejected record, beginning with its position in the input:
 * `FILE:LINE`, and the column where the reason has one.
 */
export const rejectLines = (
  name: string,
  { line, reason }: Pick<Rejected, 'line' | 'reason'>,
): ReadonlyArray<string> => {
  const place = escapeUnprintable(line === undefined ? name : `${name}:${line}`)
  return reason.split('\n').map(issue => {
    const [, column, rest] = /^(\d+:\d+) (.*)$/.exec(issue) ?? []
    return column === undefined || !column.startsWith(`${line}:`)
      ? `${place} ${issue}`
      : `${escapeUnprintable(name)}:${column} ${rest}`
  })
}
