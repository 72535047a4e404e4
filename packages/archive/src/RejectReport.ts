import { draw } from '@finetune-kit/codec'
import type { Reject } from '@finetune-kit/serialization'

/** The rejects of an input, for people. */
export interface RejectReport {
  readonly add: (reject: Reject) => void
  /**
   * A line for each issue of the first {@link maxShown} rejects; the last one counts the records
   * left out, and those that repeat the error of another.
   */
  readonly lines: () => ReadonlyArray<string>
  /** The number of rejected records: a reject may stand for several. */
  readonly records: () => number
}

/** The most rejects that are kept and shown. */
export const maxShown = 100

export const rejectReport = (source: string): RejectReport => {
  const shown: Array<string> = []
  let all = 0
  let hidden = 0
  return {
    add: ({ error, records = 1, isRepeat = false }) => {
      all += records
      if (shown.length < maxShown && !isRepeat) shown.push(draw(error, source))
      else hidden += records
    },
    lines: () => (hidden === 0 ? shown : [...shown, `… and ${hidden} more`]),
    records: () => all,
  }
}
