import * as t from 'io-ts'
import type { Algebra } from '../Algebra.ts'
import { isNoObject } from './CodeEmitter.ts'
import type { ValidatorEmitter } from './ValidatorEmitter.ts'
import { kinds, type ValidatorPart } from './ValidatorPart.ts'

/** The parts of lists, tuples and dictionaries. */
export const collectionParts = ({
  block,
  name,
}: ValidatorEmitter): Pick<Algebra<ValidatorPart>, 'array' | 'tuple' | 'record'> => ({
  array: (item, c) => {
    const isAny = c instanceof t.AnyArrayType
    const loop = (x: string): string => {
      const [i, n, v] = [name(), name(), name()]
      return `for (let ${i} = 0, ${n} = ${x}.length; ${i} < ${n}; ${i}++) {\nconst ${v} = ${x}[${i}]\n${item.body(v)}}\n`
    }
    return block({
      codec: c,
      body: x => `if (!Array.isArray(${x})) return false\n${isAny ? '' : loop(x)}`,
      kinds: () => kinds.array,
      steady: () => isAny || item.steady(),
    })
  },
  tuple: (items, c) => {
    const tests = (x: string) =>
      items.map((item, i) => {
        const v = name()
        return `const ${v} = ${x}[${i}]\n${item.body(v)}`
      })
    return block({
      codec: c,
      body: x =>
        `if (!Array.isArray(${x}) || ${x}.length !== ${items.length}) return false\n${tests(x).join('')}`,
      kinds: () => kinds.array,
      steady: () => false,
    })
  },
  record: (domain, codomain, c) =>
    block({
      codec: c,
      body: x => {
        if (c instanceof t.AnyDictionaryType) return isNoObject(x)
        const [key, v] = [name(), name()]
        return `${isNoObject(x)}for (const ${key} of Object.keys(${x})) {\n${domain.body(key)}const ${v} = ${x}[${key}]\n${codomain.body(v)}}\n`
      },
      // io-ts accepts an array as a dictionary of `any`
      kinds: () => kinds.object | (codomain.codec instanceof t.AnyType ? kinds.array : 0),
      steady: () => false,
    }),
})
