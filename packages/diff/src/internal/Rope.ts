/** A long list with cheap inserts and removals: each takes the square root of its length. */
export interface Rope {
  readonly length: () => number
  readonly get: (index: number) => unknown
  readonly set: (index: number, value: unknown) => undefined
  readonly insert: (index: number, value: unknown) => undefined
  readonly remove: (index: number) => unknown
  readonly toArray: () => Array<unknown>
}

const chunkLength = 512

export const rope = (items: ReadonlyArray<unknown>): Rope => {
  const chunks: Array<Array<unknown>> = [[]]
  for (let i = 0; i < items.length; i += chunkLength) chunks.push(items.slice(i, i + chunkLength))
  let length = items.length

  let chunk: Array<unknown> = []
  let number = 0
  /**
   * Finds the chunk of an index, the last one for the end of the list. Returns the index within it.
   */
  const find = (index: number): number => {
    let rest = index
    for (number = 0; number < chunks.length - 1; number++) {
      const size = (chunks[number] as Array<unknown>).length
      if (rest < size) break
      rest -= size
    }
    chunk = chunks[number] as Array<unknown>
    return rest
  }

  return {
    length: () => length,
    get: index => {
      const i = find(index)
      return chunk[i]
    },
    set: (index, value) => {
      const i = find(index)
      chunk[i] = value
      return undefined
    },
    insert: (index, value) => {
      const i = find(index)
      chunk.splice(i, 0, value)
      if (chunk.length > 2 * chunkLength) chunks.splice(number + 1, 0, chunk.splice(chunkLength))
      length++
      return undefined
    },
    remove: index => {
      const i = find(index)
      const [value] = chunk.splice(i, 1)
      if (chunk.length === 0 && chunks.length > 1) chunks.splice(number, 1)
      length--
      return value
    },
    toArray: () => chunks.flat(),
  }
}
