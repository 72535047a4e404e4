/** A ledger that cannot start, as one line for the person who started it. */
export interface LedgerError {
  readonly _tag: 'LedgerError'
  readonly message: string
}

export const ledgerError = (message: string): LedgerError => ({ _tag: 'LedgerError', message })
