import { foundToken } from './found.ts'
import { type Flaw, scalar, space, string } from './jsonTokens.ts'

/** Additional flaws: what exceeds a limit, and with `strict` whatever reading would lose. */
export interface Rules {
  readonly maxDepth: number
  readonly maxValues: number
  readonly strict: boolean
}

/** The parts of a JSON text, in its order. Indexes are in UTF-16 units; `end` is exclusive. */
export interface JsonVisitor {
  readonly open: (isList: boolean, at: number) => void
  readonly key: (name: string) => void
  readonly scalar: (at: number, end: number) => void
  readonly close: () => void
}

/**
 * Visits every part of a JSON text (RFC 8259) and returns its first flaw, if any. Accepts exactly
 * the texts of `JSON.parse`, except for the rules and for numbers beyond the range of a double
 * without `strict`. Iterative, and meant for texts that need it: `JSON.parse` is much faster.
 */
export const walkJson = (text: string, rules: Rules, visitor: JsonVisitor = silent): Flaw | undefined => {
  const open: Array<Container> = []
  let values = 0
  let at = space(text, 0)
  for (;;) {
    if (++values > rules.maxValues) return { at, reason: tooManyValues(rules.maxValues) }
    const c = text[at]
    let isMore = false
    if (c === '{' || c === '[') {
      if (open.length === rules.maxDepth) return { at, reason: nestedTooDeep(rules.maxDepth) }
      const isList = c === '['
      visitor.open(isList, at)
      open.push({ isList, keys: rules.strict && !isList ? new Map() : undefined })
      at = space(text, at + 1)
      isMore = text[at] !== closer(isList)
    } else {
      const end = scalar(text, at, rules.strict)
      if (typeof end !== 'number') return end
      visitor.scalar(at, end)
      at = space(text, end)
    }
    let top = open.at(-1)
    while (!isMore) {
      if (top === undefined)
        return at === text.length
          ? undefined
          : { at, reason: `expected the end of the text, found ${foundToken(text, at)}` }
      if (text[at] === closer(top.isList)) {
        visitor.close()
        open.pop()
        top = open.at(-1)
      } else if (text[at] === ',') isMore = true
      else return { at, reason: `expected "," or "${closer(top.isList)}", found ${foundToken(text, at)}` }
      at = space(text, at + 1)
    }
    if (top?.isList !== false) continue
    const next = keyAt(text, at, top)
    if ('reason' in next) return next
    visitor.key(next.name)
    at = next.end
  }
}

/** The key that starts here, and the index of its value. */
const keyAt = (
  text: string,
  at: number,
  { keys }: Container,
): Flaw | { readonly name: string; readonly end: number } => {
  if (text[at] !== '"')
    return { at, reason: `expected a key in double quotes, found ${foundToken(text, at)}` }
  const end = string(text, at)
  if (typeof end !== 'number') return end
  const name = JSON.parse(text.slice(at, end)) as string
  const colon = space(text, end)
  if (text[colon] !== ':') return { at: colon, reason: `expected ":", found ${foundToken(text, colon)}` }
  const first = keys?.get(name)
  if (first !== undefined) return { at, reason: `the key ${JSON.stringify(name)} is there twice`, first }
  keys?.set(name, at)
  return { name, end: space(text, colon + 1) }
}

/** A list or object that is not closed yet. */
interface Container {
  readonly isList: boolean
  /** The keys of an object and their indexes, where duplicates are refused. */
  readonly keys: Map<string, number> | undefined
}

const closer = (isList: boolean): string => (isList ? ']' : '}')

export const nestedTooDeep = (max: number): string => `nested more than ${max} levels deep`
export const tooManyValues = (max: number): string => `more than ${max} values in a record`

const nothing = (): void => undefined
const silent: JsonVisitor = { open: nothing, key: nothing, scalar: nothing, close: nothing }
