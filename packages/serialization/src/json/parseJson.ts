import * as E from '#fp-ts/Either'
import { put } from '@finetune-kit/codec/compile'
import { beyondDouble } from './numberLoss.ts'
import { jsonPlaces, type Path } from './jsonPlaces.ts'
import type { Flaw } from './jsonTokens.ts'
import { type Rules, walkJson } from './walkJson.ts'

/**
 * Parses a JSON text by its rules. Law: the value is that of `JSON.parse`, except that a number
 * beyond the range of a double is a flaw, unless a duplicate key replaces it.
 */
export const parseJson = (text: string, rules: Rules): E.Either<Flaw, unknown> => {
  let root: unknown
  let name = ''
  let hasInfinity = false
  const open: Array<{ readonly value: object; readonly name: string }> = []

  const place = (value: unknown): void => {
    const parent = open.at(-1)?.value
    if (parent === undefined) root = value
    else if (Array.isArray(parent)) parent.push(value)
    else put(parent as Record<string, unknown>, name, value)
  }

  const flaw = walkJson(text, rules, {
    open: isList => {
      const value = isList ? [] : {}
      place(value)
      open.push({ value, name })
    },
    key: next => {
      name = next
    },
    scalar: (at, end) => {
      const value = JSON.parse(text.slice(at, end)) as unknown
      if (typeof value === 'number' && !Number.isFinite(value)) hasInfinity = true
      place(value)
    },
    close: () => {
      name = open.pop()?.name ?? ''
    },
  })
  if (flaw !== undefined) return E.left(flaw)
  const beyond = hasInfinity ? firstBeyond(text, root) : undefined
  return beyond === undefined ? E.right(root) : E.left(beyond)
}

/** The first number beyond the range of a double that is in the value. */
const firstBeyond = (text: string, root: unknown): Flaw | undefined => {
  const paths: Array<Path> = []
  const path: Array<string | number> = []
  const visit = (value: unknown): void => {
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) paths.push([...path])
    if (typeof value !== 'object' || value === null) return
    for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      if (paths.length === manyPaths) return
      path.push(key)
      visit((value as Record<string | number, unknown>)[key])
      path.pop()
    }
  }
  visit(root)
  if (paths.length === 0) return undefined
  const at = Math.min(...jsonPlaces(text, paths))
  const literal = /[-+.\deE]*/y
  literal.lastIndex = at
  return { at, reason: beyondDouble(literal.exec(text)?.[0] ?? '') ?? '' }
}

/** As many are compared: keys that are numbers come first in an object, wherever they are written. */
const manyPaths = 100
