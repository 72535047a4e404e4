/** Something in a result file that is not as it should be. The cells that it speaks of are kept all the same. */
export interface ResultProblem {
  readonly line: number
  readonly column: string | null
  readonly reason: string
}

/** The names of the columns, each once, and what was wrong with them. */
export interface Columns {
  readonly names: ReadonlyArray<string>
  readonly problems: ReadonlyArray<ResultProblem>
}

/** The columns that a header line names; one that has no name, or one that is taken, is called by its number. */
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
