import { isPlainObject } from '@finetune-kit/codec/compile'
import { isArray } from './json.ts'

/** The most that the `copy` operations of one patch may add, in characters. */
const limit = 64 * 2 ** 20

/** Characters that a value counts for beyond its text: about a million values reach the limit. */
const perValue = 64

/**
 * Returns a function that is true while all values passed to it are within the limit. A copy shares
 * its parts in memory, so forty copies could make a result that nothing can print. Each value is
 * measured up to what is left, so all measuring together takes time linear in the limit.
 */
export const copyBudget = (): ((value: unknown) => boolean) => {
  let left = limit
  return value => {
    const todo: Array<unknown> = [value]
    while (todo.length > 0 && left >= 0) {
      const next = todo.pop()
      left -= perValue
      if (typeof next === 'string') left -= next.length
      else if (isArray(next)) {
        // the items alone may exceed what is left: do not queue them then
        if (next.length * perValue > left) left = -1
        else for (const item of next) todo.push(item)
      } else if (isPlainObject(next))
        for (const key of Object.keys(next)) {
          left -= key.length
          todo.push(next[key])
        }
    }
    return left >= 0
  }
}
