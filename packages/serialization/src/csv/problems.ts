/** The problems of a table that is no CSV, each with its remedy. */
export const problems = {
  openQuote: 'a quote that is never closed. Close it, or double each quote inside the cell',
  innerQuote: 'a quote inside a cell. Quote the whole cell, and double the quote',
  repeatedColumn: (name: string): string => `the column ${JSON.stringify(name)} is there twice. Rename one`,
  cellCount: (expected: number, found: number): string =>
    `expected ${expected} cells, found ${found}. ${
      found > expected ? 'Quote each cell that holds a comma' : 'Write an empty cell for each missing value'
    }`,
} as const
