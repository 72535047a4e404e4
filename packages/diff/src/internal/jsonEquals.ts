import { isPlainObject } from '@finetune-kit/codec/compile'
import { get, isArray, keysOf } from './json.ts'

/**
 * Equality of `test` in RFC 6902, at any depth: numbers "are considered equal if their values are
 * numerically equal" (0 is -0, which `Eq` tells apart), objects by their members in any order.
 */
export const jsonEquals = (a: unknown, b: unknown): boolean => {
  const left = [a]
  const right = [b]
  while (left.length > 0) {
    const x = left.pop()
    const y = right.pop()
    if (x === y || (x !== x && y !== y)) continue
    if (isArray(x) && isArray(y) && x.length === y.length) {
      for (let i = 0; i < x.length; i++) {
        left.push(x[i])
        right.push(y[i])
      }
    } else if (isPlainObject(x) && isPlainObject(y)) {
      const keys = keysOf(x)
      if (keys.length !== keysOf(y).length || !keys.every(key => get(y, key) !== undefined)) return false
      for (const key of keys) {
        left.push(x[key])
        right.push(y[key])
      }
    } else return false
  }
  return true
}
