/**
 * Command line examples of the guide: every fenced `sh` block of a page, and every `sql` block, for
 * DuckDB, with the output that the `text` block after it claims, if there is one.
 *
 * A line `…` of the claim stands for any lines, and `# exit code 1` at the end of a command for its
 * exit code. `npm install` is left to the reader.
 */
export interface ShellExample {
  readonly line: number
  /** Undefined for a block of the shell. */
  readonly sql: string | undefined
  readonly commands: ReadonlyArray<ShellCommand>
  /** Undefined where the page claims no output. */
  readonly output: string | undefined
}

export interface ShellCommand {
  readonly text: string
  readonly code: number
}

export const shellExamplesOf = (page: string): ReadonlyArray<ShellExample> =>
  [...page.matchAll(/^```(sh|sql)\n(.*?)^```(?:\n+^```text\n(.*?)^```)?/gms)].map(
    ({ index, 1: language, 2: code = '', 3: output }) => ({
      line: page.slice(0, index).split('\n').length,
      output,
      sql: language === 'sql' ? code : undefined,
      commands: (language === 'sql' ? '' : code)
        .replaceAll(/\\\n\s*/g, '')
        .split('\n')
        .filter(text => text.trim() !== '' && !/^(#|npm install)/.test(text))
        .map(text => ({ text, code: Number(/# exit code (\d)$/.exec(text)?.[1] ?? 0) })),
    }),
  )

/** True if an output is what the page claims. */
export const agrees = (actual: string, claimed: string): boolean =>
  new RegExp(`^${claimed.split(/^…\n/m).map(literally).join('[^]*?')}$`).test(actual)

const literally = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')
