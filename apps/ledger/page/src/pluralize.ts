/** A count and its noun, as the command line writes them: `1,200 jobs`. */
export const pluralize = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
