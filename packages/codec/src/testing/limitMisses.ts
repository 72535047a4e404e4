/** Limits a search: about a second for strings. */
const maxMisses = 10_000

/** A predicate for `filter` that throws after too many values in a row that a guard refuses. */
export const limitMisses = <A>(is: (a: A) => boolean, message: string): ((a: A) => boolean) => {
  let misses = 0
  return a => {
    if (is(a)) misses = 0
    else if (++misses === maxMisses) throw new Error(message)
    return misses === 0
  }
}

/** Reports that the values of a codec are too rare to find. */
export const tooNarrow = (name: string): string =>
  `Arbitrary of ${name}: 10,000 generated values in a row are invalid. ` +
  `State what is valid: annotate(${name}, { constraints: { pattern: … } }).`

/** Reports that the texts that meet the constraints of a codec are too rare to find. */
export const tooNarrowText = (name: string): string =>
  `Arbitrary of ${name}: 10,000 generated texts in a row do not meet its constraints. ` +
  'State a pattern without lookaround that matches texts of the stated length.'
