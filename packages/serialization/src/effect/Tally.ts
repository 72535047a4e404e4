/**
 * What has come of an input so far. `read = accepted + rejected`, and at the end of a conversion
 * `written = accepted`.
 */
export interface Tally {
  /** Of the input, as they are after decompression. */
  bytes: number
  /** Records, good and bad. */
  read: number
  rejected: number
  written: number
}

/**
 * The tally of an input of which nothing has been read. The streams that are given it count on it.
 */
export const tally = (): Tally => ({ bytes: 0, read: 0, rejected: 0, written: 0 })
