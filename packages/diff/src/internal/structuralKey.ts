import { isArray, isFields, keysOf } from './json.ts'

/**
 * A text that two JSON values share exactly when they are equal: what a `Map` needs to find equal values in one
 * step each. No recursion, so that no depth is too much.
 */
export const structuralKey = (value: unknown): string => {
  let text = ''
  const todo: Array<unknown> = [value]
  const labels: Array<string> = ['']
  while (todo.length > 0) {
    const v = todo.pop()
    text += labels.pop()
    if (v === nothing) continue
    if (typeof v === 'string') text += JSON.stringify(v)
    else if (isArray(v)) {
      todo.push(nothing)
      labels.push(']')
      for (let i = v.length - 1; i >= 0; i--) {
        todo.push(v[i])
        labels.push(i === 0 ? '[' : ',')
      }
      if (v.length === 0) text += '['
    } else if (isFields(v)) {
      todo.push(nothing)
      labels.push('}')
      text += '{'
      for (const key of [...keysOf(v)].sort().toReversed()) {
        todo.push(v[key])
        labels.push(`,${JSON.stringify(key)}:`)
      }
    } else
      text += typeof v === 'object' && v !== null ? `#${numberOf(v)}` : Object.is(v, -0) ? '-0' : String(v)
  }
  return text
}

const nothing = Symbol('nothing')

const numbers = new WeakMap<object, number>()
let count = 0

/** Objects of a class have no structure that is known here: each is equal to itself alone. */
const numberOf = (object: object): number => {
  const known = numbers.get(object)
  if (known !== undefined) return known
  numbers.set(object, ++count)
  return count
}
