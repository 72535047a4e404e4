/** Decompresses the chunks of one input, in order. */
export interface Decompressor {
  /** Yields the output of a chunk. Returns the damage in it, after which nothing is pushed. */
  readonly push: (chunk: Uint8Array) => AsyncGenerator<Uint8Array, Damage | undefined>
  /** Returns the damage that shows after the last chunk. */
  readonly end: () => Promise<Damage | undefined>
  readonly close: () => void
}

/** The point from which on compressed data cannot be used. */
export interface Damage {
  readonly reason: string
  /** Offset in the compressed data, in bytes from 0. */
  readonly offset: number
  /** True if the output is incomplete; false if only what follows it is damaged. */
  readonly isInside: boolean
}

export const cutAt = (offset: number): Damage => ({ reason: 'the data is cut', offset, isInside: true })

export const otherData = 'other data follows'

export const otherDataAt = (offset: number): Damage => ({
  reason: otherData,
  offset,
  isInside: false,
})
