/** The reason that a writer refuses a value: by default no reader would accept it. */
export const tooDeep = (max: number): string => `nested more than ${max} levels deep, or inside itself`

/**
 * True if a JSON text might be nested deeper than `max` levels: cheap, with false alarms on long
 * lists.
 */
export const hasManyBrackets = (text: string, max: number): boolean => {
  if (text.length <= 2 * max) return false // each level takes two characters
  let n = 0
  for (const bracket of ['{', '['])
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1))
      if (++n > max) return true
  return false
}

/**
 * True if a JSON value is nested deeper than `max` levels: a list of numbers has one level, a
 * number none.
 */
export const isDeeper = (value: unknown, max: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (max === 0 || Object.values(value).some(inner => isDeeper(inner, max - 1)))
