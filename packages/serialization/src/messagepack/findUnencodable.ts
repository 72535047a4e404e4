import { type EncodeError, unencodable } from '@finetune-kit/codec'
import { classNameOf, isPlain } from '@finetune-kit/codec/compile'
import { tooDeep } from '../json/depth.ts'

/**
 * Finds the part of a value that has no MessagePack bytes or no JSON value, with its path: the
 * reason why `write` returned false.
 */
export const findUnencodable = (value: unknown, maxDepth: number): EncodeError => {
  const path: Array<string | number> = []
  const refuse = (reason: string): EncodeError => unencodable([...path], reason)

  const inside = (key: string | number, v: unknown): EncodeError | undefined => {
    path.push(key)
    const error = visit(v)
    path.pop()
    return error
  }

  const visit = (v: unknown): EncodeError | undefined => {
    switch (typeof v) {
      case 'boolean':
        return undefined
      case 'string':
        return v.isWellFormed() ? undefined : refuse(half)
      case 'number':
        return Number.isFinite(v) ? undefined : refuse(`${v} is not a number of JSON`)
      case 'object':
        if (v === null) return undefined
        if (path.length >= maxDepth) return refuse(tooDeep(maxDepth))
        return Array.isArray(v) ? list(v) : object(v)
      default:
        return refuse(`${v === undefined ? 'undefined' : `a ${typeof v}`} is not a value of JSON`)
    }
  }

  const list = (v: ReadonlyArray<unknown>): EncodeError | undefined => {
    for (let i = 0; i < v.length; i++) {
      const error = inside(i, v[i])
      if (error !== undefined) return error
    }
    return undefined
  }

  const object = (v: object): EncodeError | undefined => {
    if (!isPlain(v)) return refuse(`an instance of ${classNameOf(v)} is not a value of JSON`)
    for (const key of Object.keys(v)) {
      if (v[key] === undefined) continue
      const error = key.isWellFormed() ? inside(key, v[key]) : unencodable([...path, key], half)
      if (error !== undefined) return error
    }
    return undefined
  }

  return visit(value) ?? unencodable([], 'it changes while it is written')
}

const half = 'a lone surrogate cannot be written as UTF-8'
