/** Why a writer refuses a value: no reader would take it, unless told to. */
export const tooDeep = (max: number): string => `nested more than ${max} levels deep, or inside itself`

/** Whether a JSON text might be nested deeper than `max` levels: cheap, and answered yes by long lists as well. */
export const hasManyBrackets = (text: string, max: number): boolean => {
  if (text.length <= 2 * max) return false // each level takes two characters
  let n = 0
  for (const bracket of ['{', '['])
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1))
      if (++n > max) return true
  return false
}

/** Whether a JSON value is nested deeper than `max` levels: a list of numbers is one level deep, a number none. */
export const isDeeper = (value: unknown, max: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (max === 0 || Object.values(value).some(inner => isDeeper(inner, max - 1)))
