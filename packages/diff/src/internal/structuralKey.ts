import { isPlainObject, sortKeys } from '@finetune-kit/codec/compile'
import { isArray, keysOf } from './json.ts'

/**
 * A text that two values share exactly when they are equal, at any depth without recursion. It is
 * that of RFC 8785 wherever the standard has one. Beyond it: -0 is `-0`, a lone surrogate is
 * escaped, NaN and the infinities are written by name, and an object of a class, or one that holds
 * itself, is `#` and a number of its own.
 */
export const structuralKey = (value: unknown, numberOf: (object: object) => number = ownNumber): string =>
  nativeKey(value) ?? writtenKey(value, numberOf)

/** The text by `JSON.stringify`, four times as fast; undefined where it may be another one. */
const nativeKey = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  try {
    const copy = sortKeys(value)
    const text = copy === undefined ? undefined : JSON.stringify(copy)
    // JSON writes -0 as 0
    return text !== undefined && zero.test(text) && hasNegativeZero(value) ? undefined : text
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const zero = /[:[,]0[,\]}]/

const hasNegativeZero = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return Object.is(value, -0)
  for (const item of isArray(value) ? value : Object.values(value)) if (hasNegativeZero(item)) return true
  return false
}

/** The text value by value, for what JSON does not hold and at any depth. */
export const writtenKey = (value: unknown, numberOf: (object: object) => number = ownNumber): string => {
  let text = ''
  const todo: Array<unknown> = [value]
  const labels: Array<string> = ['']
  /** The lists and objects that hold the next value, from the outermost on. */
  const holders = new Set<unknown>()
  const open: Array<unknown> = []
  const enter = (holder: unknown, end: string) => {
    holders.add(holder)
    open.push(holder)
    todo.push(closed)
    labels.push(end)
  }
  while (todo.length > 0) {
    const v = todo.pop()
    text += labels.pop()
    if (v === closed) holders.delete(open.pop())
    else if (typeof v === 'string') text += JSON.stringify(v)
    else if (holders.has(v)) text += `#${numberOf(v as object)}`
    else if (isArray(v)) {
      enter(v, ']')
      for (let i = v.length - 1; i >= 0; i--) {
        todo.push(v[i])
        labels.push(i === 0 ? '[' : ',')
      }
      if (v.length === 0) text += '['
    } else if (isPlainObject(v)) {
      enter(v, '}')
      text += '{'
      const keys = [...keysOf(v)].sort()
      for (let i = keys.length - 1; i >= 0; i--) {
        const key = keys[i] as string
        todo.push(v[key])
        labels.push(`${i === 0 ? '' : ','}${JSON.stringify(key)}:`)
      }
    } else
      text += typeof v === 'object' && v !== null ? `#${numberOf(v)}` : Object.is(v, -0) ? '-0' : String(v)
  }
  return text
}

const closed = Symbol('closed')

const numbers = new WeakMap<object, number>()
let count = 0

/** Objects of a class have no structure that is known here: each is equal to itself alone. */
const ownNumber = (object: object): number => {
  const known = numbers.get(object)
  if (known !== undefined) return known
  numbers.set(object, ++count)
  return count
}
