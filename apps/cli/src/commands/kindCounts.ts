import { isObservation } from '@finetune-kit/archive'
import { RecordKind } from '@finetune-kit/model'
import type { Reject } from '@finetune-kit/serialization'
import { pluralize } from '../pluralize.ts'

/** Counts the records of inputs by kind. */
export interface KindCounts {
  /**
   * Counts a valid record. Returns true for an error response, which is no record of anything.
   */
  readonly add: (value: unknown, kind: Pick<RecordKind.RecordKind, 'name'> | undefined) => boolean
  readonly reject: (reject: Pick<Reject, 'records'>) => void
  readonly invalid: () => number
  /** True if a record is invalid, or only says that there is none. */
  readonly isBad: () => boolean
  readonly byKind: () => Readonly<Record<string, number>>
  /** `2 jobs`, `1 error response`, in the order of the kinds. */
  readonly lines: (kinds: ReadonlyArray<RecordKind.RecordKind>) => ReadonlyArray<string>
}

export const kindCounts = (): KindCounts => {
  const counts = new Map<string, number>()
  let rejected = 0
  let isBad = false
  return {
    add: (value, known) => {
      const name = known?.name ?? nameOf(value)
      counts.set(name, (counts.get(name) ?? 0) + 1)
      isBad ||= name === errorKind
      return name === errorKind
    },
    reject: ({ records = 1 }) => {
      rejected += records
      isBad = true
    },
    invalid: () => rejected,
    isBad: () => isBad,
    byKind: () => Object.fromEntries(counts),
    lines: kinds => {
      const names = [
        ...new Set([...kinds.map(({ name }) => name), observationKind, 'json', ...counts.keys()]),
      ]
      const found = names.flatMap(name => {
        const count = counts.get(name) ?? 0
        return count === 0 ? [] : [pluralize(count, nounOf(name))]
      })
      const hasOnlyErrors = counts.size === 1 && counts.has(errorKind) && rejected === 0
      return hasOnlyErrors ? [noRuns, ...found] : found
    },
  }
}

const nameOf = (value: unknown): string => {
  if (isObservation(value)) return observationKind
  const detected = RecordKind.detect(value)
  return detected._tag === 'Right' ? detected.right.name : 'json'
}

const errorKind = 'error'

const observationKind = 'observation'

/** The line of inputs that hold nothing but error responses. */
export const noRuns = '0 runs'

/** The words for a record of a kind, or for a value of none. */
export const nounOf = (name: string): string => (name === 'json' ? 'JSON value' : RecordKind.nounOf(name))
