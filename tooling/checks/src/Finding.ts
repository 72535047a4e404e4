/** A violation of a rule of this repository, printed as `file:line: problem. remedy.` */
export interface Finding {
  readonly file: string
  readonly line: number
  readonly problem: string
  readonly remedy: string
}

export const print = ({ file, line, problem, remedy }: Finding): string =>
  `${file}:${line}: ${problem}. ${remedy}.`

/** Prints the findings of a check, or one line if there are none. Sets the exit code. */
export const report = (check: string, findings: ReadonlyArray<Finding>, checked: number): void => {
  if (findings.length === 0) console.log(`${check}: ${checked} files, no findings`)
  else {
    console.log(findings.map(print).join('\n'))
    console.log(`${check}: ${findings.length} findings in ${new Set(findings.map(f => f.file)).size} files`)
    process.exitCode = 1
  }
}
