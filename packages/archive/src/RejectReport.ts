import { draw } from '@finetune-kit/codec'
import type { Reject } from '@finetune-kit/serialization'

/** What of an input cannot be read, for people. */
export interface RejectReport {
  readonly add: (reject: Reject) => void
  /** A line for each mistake of the first {@link maxTold} rejects; the last one says how many records more there are. */
  readonly lines: () => ReadonlyArray<string>
  /** How many records cannot be read in all: some rejects stand for several. */
  readonly records: () => number
}

/** How many rejects are told of, and kept. */
export const maxTold = 100

export const rejectReport = (source: string): RejectReport => {
  const told: Array<string> = []
  let all = 0
  let untold = 0
  return {
    add: ({ error, records = 1 }) => {
      all += records
      if (told.length < maxTold) told.push(draw(error, source))
      else untold += records
    },
    lines: () => (untold === 0 ? told : [...told, `… and ${untold} more`]),
    records: () => all,
  }
}
