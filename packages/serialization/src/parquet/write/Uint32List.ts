/** A list of unsigned integers outside of the heap. */
export interface Uint32List {
  values: Uint32Array
  length: number
}

export const uint32List = (): Uint32List => ({ values: new Uint32Array(64), length: 0 })

export const append = (to: Uint32List, n: number): void => {
  if (to.length === to.values.length) {
    const larger = new Uint32Array(2 * to.length)
    larger.set(to.values)
    to.values = larger
  }
  to.values[to.length++] = n
}

/** A view of the list, valid until the next append. */
export const toUint32Array = ({ values, length }: Uint32List): Uint32Array => values.subarray(0, length)
