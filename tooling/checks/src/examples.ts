/**
 * Runnable examples: every fenced `ts` block of a README and every `@example` of a doc comment.
 *
 * `EXPRESSION // => RESULT` claims a result: a JavaScript expression that equals it, or the text
 * that it prints as. `console.log(EXPRESSION) // => RESULT` claims the same of what it prints. A
 * result may continue in the comment lines below it.
 * An example without a claim only has to run, with the statement that runs it by the text after it.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Example {
  /** The file, and the line that the example begins at. */
  readonly file: string
  readonly line: number
  readonly code: string
  /** The statement that runs it, by the text after it: `await Effect.runPromise(count)`. */
  readonly runBy: string | undefined
  /** True for the example of a doc comment: it uses names of its package without importing them. */
  readonly inSource: boolean
}

export const examplesOf = (root: string): ReadonlyArray<Example> => [
  ...examplesIn(
    root,
    ['README.md', 'CONTRIBUTING.md', 'packages/*/README.md', 'docs/guide/*.md'],
    /^```ts\n(.*?)^```(?:\n+`(await [^`]+)` runs it)?/gms,
    false,
  ),
  ...examplesIn(root, ['packages/*/src/**/*.ts'], /^ *\* @example\n(.*?)(?=^ *\*\/|^ *\* @)/gms, true),
]

const examplesIn = (root: string, globs: Array<string>, blocks: RegExp, inSource: boolean) =>
  globSync(globs, { cwd: root, exclude: ['**/node_modules/**'] })
    .toSorted()
    .flatMap(file => {
      const text = readFileSync(join(root, file), 'utf8')
      return [...text.matchAll(blocks)].map(({ index, 1: code = '', 2: runBy }) => ({
        file,
        line: text.slice(0, index).split('\n').length + 1,
        code: inSource ? code.replaceAll(/^ *\* ?/gm, '').replaceAll(/^```.*$/gm, '') : code,
        runBy,
        inSource,
      }))
    })

/** The example as a module: `claim(line, actual, expected)` stands for each result that it claims. */
export const moduleOf = (example: Example, homes: ReadonlyMap<string, string>): string => {
  const lines = example.code.split('\n')
  const out: Array<string> = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    const [, statement, result] = /^(.*?)\s*\/\/ => ?(.*)$/.exec(line) ?? []
    if (statement === undefined || result === undefined) {
      out.push(line)
      continue
    }
    const at = example.line + i
    const results = [result]
    while (/^ *\/\/ (?!=>)/.test(lines[i + 1] ?? ''))
      results.push((lines[++i] ?? '').replace(/^ *\/\/ {1,3}/, ''))
    const [, name] = /^(?:export )?const (\w+)(?::[^=]+)? = /.exec(statement) ?? []
    if (name !== undefined) out.push(statement)
    const [, condition = '', printed] = /^(if \(.*\) )?console\.log\((.*)\)$/.exec(statement.trim()) ?? []
    const actual = name ?? printed ?? statement.trim()
    out.push(`;${condition}claim(${at}, ${actual}, () => ${expression(results.join('\n').trim())})`)
  }
  return [...(example.inSource ? imports(example.code, homes) : []), ...out].join('\n')
}

/**
 * Imports for the free names of an example: `either` from fp-ts, `t` from io-ts, all others from
 * our packages.
 */
const imports = (code: string, homes: ReadonlyMap<string, string>): ReadonlyArray<string> => {
  const isFree = (name: string) =>
    new RegExp(`\\b${name}\\b`).test(code) &&
    !new RegExp(`\\b(const|function) ${name}\\b|^import .*\\b${name}\\b`, 'm').test(code)
  return [
    `import * as t from 'io-ts'`,
    `import { either } from 'fp-ts'`,
    ...[...homes].filter(([name]) => isFree(name)).map(([name, home]) => `import { ${name} } from '${home}'`),
  ]
}

/** The claimed result as an expression: itself when it is one, otherwise its text. */
const expression = (text: string): string => {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval, no-new -- only asked whether it can be read as one
    new Function('either', `return (${text}\n)`)
    return `(${text}\n)`
  } catch {
    return JSON.stringify(text)
  }
}
