/**
 * Counts of an input so far. `read = accepted + rejected`, and after a conversion `written =
 * accepted`.
 */
export interface Tally {
  /** Bytes of the input, after decompression. */
  bytes: number
  /** Records, good and bad. */
  read: number
  rejected: number
  written: number
  /** Sentences about the input that no record shows. */
  notes?: ReadonlyArray<string>
}

/** A tally of zero. Streams that get it count on it. */
export const tally = (): Tally => ({ bytes: 0, read: 0, rejected: 0, written: 0 })
