/** The body of a function of `k`, and the constants passed as `k`. */
export interface Source {
  readonly text: string
  readonly constants: ReadonlyArray<unknown>
}

/** Collects the functions of a generated text and the constants they use. */
export interface CodeEmitter {
  /** A unique name. */
  readonly name: () => string
  /**
   * The name of a constant with this value: everything but keys and literals enters the text so.
   */
  readonly bound: (value: unknown) => string
  /**
   * Defines a predicate of one or two values with these statements, which `return false` or fall
   * through.
   */
  readonly define: (name: string, statements: (x: string, y: string) => string) => void
  /** Adds a definition as it is. */
  readonly add: (definition: string) => void
  /** The whole text, ending with this statement. */
  readonly source: (last: string) => Source
}

export const codeEmitter = (): CodeEmitter => {
  const constants: Array<unknown> = []
  const lines: Array<string> = []
  let names = 0
  const name = () => `v${names++}`
  return {
    name,
    bound: value => {
      const k = name()
      lines.push(`const ${k} = k[${constants.push(value) - 1}]\n`)
      return k
    },
    define: (f, statements) => {
      const parameters = statements.length === 1 ? 'x' : '(x, y)'
      lines.push(`const ${f} = ${parameters} => {\n${statements('x', 'y')}return true\n}\n`)
    },
    add: definition => {
      lines.push(definition)
    },
    source: last => ({ text: `"use strict"\n${lines.join('')}${last}`, constants }),
  }
}

/** A string as source text; lone surrogates and line separators are escaped. */
export const quote = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, c => `\\u${c.charCodeAt(0).toString(16)}`)

export const isNoObject = (x: string): string =>
  `if (typeof ${x} !== 'object' || ${x} === null || Array.isArray(${x})) return false\n`

/** Predicates that V8 optimizes better by their own name. */
export const stockPredicates: ReadonlyMap<unknown, string> = new Map([
  [Number.isSafeInteger, 'Number.isSafeInteger'],
  [Number.isInteger, 'Number.isInteger'],
  [Number.isFinite, 'Number.isFinite'],
])
