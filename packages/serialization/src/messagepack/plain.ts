import { type EncodeError, unencodable } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'

/** Stands for a -0, which msgpackr would write as the integer 0. */
export class NegativeZero {
  readonly sign = -1
}

/** An own `__proto__` is found by the writer, which then names keys at every object. */
export interface Writable {
  readonly value: unknown
  readonly hasProto: boolean
}

/**
 * The value as msgpackr has to be given it: without keys whose value is `undefined`, and with a mark for each -0. The very value
 * when there is neither. What MessagePack cannot hold is refused with its path.
 */
export const writable = (value: unknown, maxDepth: number): E.Either<EncodeError, Writable> => {
  let hasProto = false
  let error: EncodeError | undefined
  const path: Array<string | number> = []
  const refuse = (reason: string): undefined => {
    error ??= unencodable([...path], reason)
    return undefined
  }

  const visit = (v: unknown): unknown => {
    switch (typeof v) {
      case 'boolean':
        return v
      case 'string':
        return v.isWellFormed() ? v : refuse('a lone surrogate cannot be written as UTF-8')
      case 'number':
        if (v === 0 && Object.is(v, -0)) return new NegativeZero()
        return Number.isFinite(v) ? v : refuse(`${v} is not a number of JSON`)
      case 'object':
        if (v === null) return v
        if (path.length >= maxDepth)
          return refuse(`nested more than ${maxDepth} levels deep, or inside itself`)
        return Array.isArray(v) ? list(v) : object(v as Record<string, unknown>)
      default:
        return refuse(`${v === undefined ? 'undefined' : `a ${typeof v}`} is not a value of JSON`)
    }
  }

  const list = (v: ReadonlyArray<unknown>): unknown => {
    let copy: Array<unknown> | undefined
    for (let i = 0; i < v.length; i++) {
      path.push(i)
      const inner = visit(v[i])
      path.pop()
      if (inner !== v[i]) (copy ??= [...v])[i] = inner
    }
    return copy ?? v
  }

  const object = (v: Record<string, unknown>): unknown => {
    if (!isPlain(v)) return refuse(`an instance of ${v.constructor.name} is not a value of JSON`)
    let copy: Record<string, unknown> | undefined
    for (const key of Object.keys(v)) {
      const value = v[key]
      if (value === undefined) {
        copy ??= { ...v }
        delete copy[key]
        continue
      }
      path.push(key)
      if (key === '__proto__') hasProto = true
      if (!key.isWellFormed()) refuse('a lone surrogate cannot be written as UTF-8')
      const inner = visit(value)
      path.pop()
      if (inner === value) continue
      copy ??= { ...v }
      Object.defineProperty(copy, key, { value: inner, configurable: true, enumerable: true, writable: true })
    }
    return copy ?? v
  }

  const visited = visit(value)
  return error === undefined ? E.right({ value: visited, hasProto }) : E.left(error)
}

/** Of any realm: its prototype is none, or one that has none itself. */
const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value) as object | null
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** How many keys the objects in a value have in all. */
export const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value).reduce<number>((n, v) => n + countKeys(v), 0)
  return Array.isArray(value) ? inner : inner + Object.keys(value).length
}
