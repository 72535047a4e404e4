/** So many of a noun, in words. */
export const pluralize = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : /(?:s|x|ch|sh)$/.test(noun) ? 'es' : 's'}`
