/** The levels of a page's entries, outside of the heap. */
export interface LevelList {
  definition: Uint16Array
  repetition: Uint16Array
  length: number
}

export const levelList = (): LevelList => ({
  definition: new Uint16Array(64),
  repetition: new Uint16Array(64),
  length: 0,
})

/** Adds the levels of an entry. */
export const appendLevels = (to: LevelList, definition: number, repetition: number): void => {
  const { length } = to
  if (length === to.definition.length) {
    to.definition = doubled(to.definition)
    to.repetition = doubled(to.repetition)
  }
  to.definition[length] = definition
  to.repetition[length] = repetition
  to.length = length + 1
}

const doubled = (levels: Uint16Array): Uint16Array => {
  const larger = new Uint16Array(2 * levels.length)
  larger.set(levels)
  return larger
}
