import type { RunSummary } from '@finetune-kit/model'
import type { RunRow as StoredRow, Store, StoreError } from '@finetune-kit/store'
import * as Effect from 'effect/Effect'
import type { RunRow } from '../../api/old.ts'
import * as RunKey from '../RunKey.ts'

/** A run as the page of today lists it. */
export interface LedgerRun {
  readonly key: string
  readonly summary: RunSummary
  readonly row: RunRow
}

/** All runs of a store, in the order of their changes, and the names of their sources. */
export const readLedger = (store: Store): Effect.Effect<Ledger, StoreError> =>
  Effect.gen(function* () {
    const rows: Array<StoredRow> = []
    let after: string | undefined
    do {
      const page = yield* store.runs({ limit: 1000, ...(after === undefined ? {} : { after }) })
      rows.push(...page.runs)
      after = page.next
    } while (after !== undefined)
    return {
      sources: [...new Set(rows.map(({ source }) => source))],
      runs: rows.toSorted((a, b) => a.seq - b.seq).map(ledgerRun),
    }
  })

export interface Ledger {
  readonly sources: ReadonlyArray<string>
  readonly runs: ReadonlyArray<LedgerRun>
}

const ledgerRun = (stored: StoredRow): LedgerRun => {
  const key = RunKey.print(stored)
  const present = Object.fromEntries(Object.entries(stored.summary).filter(([, value]) => value !== null))
  return {
    key,
    summary: stored.summary,
    row: { key, snapshots: stored.entries, ...(present as unknown as RunSummary) },
  }
}
