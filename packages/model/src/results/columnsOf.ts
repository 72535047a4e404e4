/** A flaw of a result file. The cells that it is about are kept. */
export interface ResultProblem {
  readonly line: number
  readonly column: string | null
  readonly reason: string
}

/** The names of the columns, each once, and their flaws. */
export interface Columns {
  readonly names: ReadonlyArray<string>
  readonly problems: ReadonlyArray<ResultProblem>
}

/**
 * Reads a header line. A column without a name, or with one that is taken, is named by its number.
 */
export const columnsOf = (cells: ReadonlyArray<string>, line: number): Columns => {
  const names = new Set<string>()
  const problems: Array<ResultProblem> = []
  for (const [i, cell] of cells.entries()) {
    const name = cell === '' || names.has(cell) ? `column ${i + 1}` : cell
    if (name !== cell)
      problems.push({
        line,
        column: name,
        reason:
          cell === '' ? 'the column has no name' : `another column is called ${JSON.stringify(cell)} too`,
      })
    names.add(name)
  }
  return { names: [...names], problems }
}
