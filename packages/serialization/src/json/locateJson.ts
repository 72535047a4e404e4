import * as E from '#fp-ts/Either'

/**
 * The start of a value in a JSON text, and the values inside it. Of duplicate keys the last counts,
 * as in `JSON.parse`.
 */
export interface Located {
  readonly at: number
  /** The start of its key. */
  readonly key?: number
  readonly inside: Map<string | number, Located>
  /** The end of a scalar, exclusive. */
  end?: number
  /** The reason that no double holds it. */
  beyond?: string
}

/**
 * The position at which a text stops being JSON, and the reason. `first` is the other position
 * involved.
 */
export interface Flaw {
  readonly at: number
  readonly reason: string
  readonly first?: number
}

/** Additional flaws: too deep nesting always, and with `strict` whatever reading would lose. */
export interface Rules {
  readonly maxDepth: number
  readonly strict: boolean
}

/**
 * Locates every value of a JSON text (RFC 8259), or its first flaw. Accepts exactly the texts of
 * `JSON.parse`, except for the rules; `beyondIn` finds numbers beyond the range of a double.
 * Iterative, and meant for invalid texts: `JSON.parse` accepts valid ones much faster.
 */
export const locateJson = (text: string, rules: Rules): E.Either<Flaw, Located> => {
  const open: Array<Container> = []
  let at = space(text, 0)
  const root = located(at)
  let node = root
  for (;;) {
    const c = text[at]
    if (c === '{' || c === '[') {
      if (open.length === rules.maxDepth) return flaw(at, `nested more than ${rules.maxDepth} levels deep`)
      open.push({ node, list: c === '[', next: 0 })
      at = space(text, at + 1)
    } else {
      const end = scalar(text, at, rules.strict)
      if (typeof end !== 'number') return E.left(end)
      node.end = end
      const beyond = c === '-' || isDigit(text, at) ? beyondDouble(text.slice(at, end)) : undefined
      if (beyond !== undefined) node.beyond = beyond
      at = space(text, end)
    }
    let top = open.at(-1)
    let fresh = (c === '{' || c === '[') && text[at] !== closer(top as Container)
    while (!fresh) {
      if (top === undefined)
        return at === text.length
          ? E.right(root)
          : flaw(at, `expected the end of the text, found ${found(text, at)}`)
      if (text[at] === closer(top)) {
        at = space(text, at + 1)
        open.pop()
        top = open.at(-1)
      } else if (text[at] === ',') {
        at = space(text, at + 1)
        fresh = true
      } else return flaw(at, `expected "," or "${closer(top)}", found ${found(text, at)}`)
    }
    const parent = top as Container
    if (parent.list) {
      node = located(at)
      parent.node.inside.set(parent.next++, node)
    } else {
      if (text[at] !== '"') return flaw(at, `expected a key in double quotes, found ${found(text, at)}`)
      const key = at
      const end = string(text, at)
      if (typeof end !== 'number') return E.left(end)
      const name = JSON.parse(text.slice(key, end)) as string
      at = space(text, end)
      if (text[at] !== ':') return flaw(at, `expected ":", found ${found(text, at)}`)
      at = space(text, at + 1)
      const before = parent.node.inside.get(name)
      if (rules.strict && before !== undefined)
        return E.left({
          at: key,
          reason: `the key ${JSON.stringify(name)} is there twice`,
          first: before.key as number,
        })
      node = { ...located(at), key }
      parent.node.inside.set(name, node)
    }
  }
}

/**
 * The first number in a located value that is beyond the range of a double. A value that a
 * duplicate key replaced does not count.
 */
export const beyondIn = ({ at, inside, beyond }: Located): Flaw | undefined => {
  let first = beyond === undefined ? undefined : { at, reason: beyond }
  for (const value of inside.values()) {
    const found = beyondIn(value)
    if (found !== undefined && (first === undefined || found.at < first.at)) first = found
  }
  return first
}

/** The located value, as `JSON.parse` returns it. */
export const valueOf = (text: string, { at, end, inside }: Located): unknown => {
  if (end !== undefined) return JSON.parse(text.slice(at, end))
  const values = Array.from(inside, ([key, value]) => [key, valueOf(text, value)] as const)
  return text[at] === '[' ? values.map(([, value]) => value) : Object.fromEntries(values)
}

interface Container {
  readonly node: Located
  readonly list: boolean
  next: number
}

const located = (at: number): Located => ({ at, inside: new Map() })
const closer = ({ list }: Container) => (list ? ']' : '}')
const flaw = (at: number, reason: string) => E.left({ at, reason })

const space = (text: string, at: number): number => {
  for (;;) {
    const c = text.charCodeAt(at)
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return at
    at++
  }
}

/** The text at an index, in a few words. */
const found = (text: string, at: number): string => {
  const c = text.codePointAt(at)
  if (c === undefined) return 'the end of the text'
  const visible = c > 0x20 && (c < 0x7f || c > 0xa0) && !/\p{C}|\p{Z}/u.test(String.fromCodePoint(c))
  return visible
    ? JSON.stringify(String.fromCodePoint(c))
    : `U+${c.toString(16).toUpperCase().padStart(4, '0')}`
}

/** The index after the string, number or word that starts here. */
const scalar = (text: string, at: number, strict: boolean): number | Flaw => {
  const c = text[at] ?? ''
  if (c === '"') return string(text, at)
  for (const word of ['true', 'false', 'null']) if (text.startsWith(word, at)) return at + word.length
  if (c === '-' || isDigit(text, at)) return number(text, at, strict)
  return { at, reason: `expected a value, found ${found(text, at)}` }
}

const string = (text: string, start: number): number | Flaw => {
  for (let at = start + 1; ; at++) {
    const c = text.charCodeAt(at)
    if (c === 0x22) return at + 1
    if (Number.isNaN(c)) return { at, reason: 'the text ends inside a string', first: start }
    if (c < 0x20) return { at, reason: `${found(text, at)} must be escaped in a string` }
    if (c !== 0x5c) continue
    at++
    if (text[at] === 'u') {
      if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5)))
        return { at: at - 1, reason: 'expected four hexadecimal digits after \\u' }
      at += 4
    } else if (at < text.length && !'"\\/bfnrt'.includes(text[at] as string))
      return { at: at - 1, reason: `no such escape in a string: \\ before ${found(text, at)}` }
  }
}

const isDigit = (text: string, at: number): boolean => {
  const c = text.charCodeAt(at)
  return c >= 0x30 && c <= 0x39
}

const digits = (text: string, at: number): number => {
  while (isDigit(text, at)) at++
  return at
}

const number = (text: string, start: number, strict: boolean): number | Flaw => {
  let at = start + (text[start] === '-' ? 1 : 0)
  const missing = () =>
    isDigit(text, at) ? undefined : { at, reason: `expected a digit, found ${found(text, at)}` }
  const first = missing()
  if (first !== undefined) return first
  at = text[at] === '0' ? at + 1 : digits(text, at)
  const whole = text[at] !== '.' && text[at] !== 'e' && text[at] !== 'E'
  if (text[at] === '.') {
    at++
    const none = missing()
    if (none !== undefined) return none
    at = digits(text, at)
  }
  if (text[at] === 'e' || text[at] === 'E') {
    at++
    if (text[at] === '+' || text[at] === '-') at++
    const none = missing()
    if (none !== undefined) return none
    at = digits(text, at)
  }
  const reason = strict ? loss(text.slice(start, at), whole) : undefined
  return reason === undefined ? at : { at: start, reason }
}

const shortened = (literal: string): string => (literal.length <= 40 ? literal : `${literal.slice(0, 39)}…`)

const beyondDouble = (literal: string): string | undefined =>
  Number.isFinite(Number(literal))
    ? undefined
    : `the number ${shortened(literal)} is beyond the range of a double`

/** The reason that a double cannot hold this number exactly. */
const loss = (literal: string, whole: boolean): string | undefined => {
  const beyond = beyondDouble(literal)
  if (beyond !== undefined) return beyond
  const value = Number(literal)
  const inexact = whole
    ? // a double's shortest text, as writers produce it, means exactly this double
      !Number.isSafeInteger(value) && String(value) !== literal && BigInt(literal) !== BigInt(value)
    : value === 0 && /[1-9]/.test(literal.split(/[eE]/)[0] as string)
  return inexact ? `the number ${shortened(literal)} is not held exactly by a double` : undefined
}
