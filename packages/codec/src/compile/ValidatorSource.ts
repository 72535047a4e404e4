import * as t from 'io-ts'
import type { Algebra } from '../Algebra.ts'
import { once } from '../internal/once.ts'
import { decodesToItself } from '../internal/probe.ts'
import * as Shape from '../Shape.ts'
import { type Source, stockPredicates } from './CodeEmitter.ts'
import { collectionParts } from './collectionParts.ts'
import { leafParts } from './leafParts.ts'
import { allOf, structPart } from './structPart.ts'
import { type ValidatorEmitter, validatorEmitter } from './ValidatorEmitter.ts'
import { type Kinds, kinds, leaf, type ValidatorPart, yields } from './ValidatorPart.ts'

/**
 * Generates the predicate of a codec. Law: if it returns true for `u`, then decoding `u` returns
 * `u` itself and `is(u)` is true. The text holds only the keys and literals of the codec, quoted;
 * all other values are constants.
 */
export const sourceOf = (codec: t.Any): Source => {
  const emitter = validatorEmitter()
  const part: (c: t.Any) => ValidatorPart = Shape.fold(algebra(emitter, c => part(c)))
  const root = part(codec)
  // asking an opaque codec twice gains nothing
  if (root.opaque) return emitter.source('return () => false')
  emitter.define('accepts', root.body)
  return emitter.source('return accepts')
}

const algebra = (
  emitter: ValidatorEmitter,
  partOf: (codec: t.Any) => ValidatorPart,
): Algebra<ValidatorPart> => ({
  ...leafParts(emitter),
  ...collectionParts(emitter),
  struct: structPart(emitter, partOf),
  union,
  intersection: (members, c) => allOf(emitter, () => members, c),
  refine: (inner, predicate, c) => {
    const stock = stockPredicates.get(predicate)
    const test = stock ?? emitter.bound(predicate)
    return {
      ...inner,
      codec: c,
      body: x => `${inner.body(x)}if (!${test}(${x})) return false\n`,
      test: x => `(${inner.test(x)}) && ${test}(${x})`,
      steady: () => (stock !== undefined && inner.codec instanceof t.NumberType) || inner.steady(),
    }
  },
  lazy: recursivePart(emitter),
  opaque: c => {
    const accepts = emitter.bound(decodesToItself(c))
    return { ...leaf(c, kinds.all, x => `${accepts}(${x})`, false), opaque: true }
  },
})

const union = (members: ReadonlyArray<ValidatorPart>, c: t.Any): ValidatorPart => {
  const usable = once(() =>
    members.filter(
      (member, i) =>
        members.slice(0, i).every(earlier => yields(earlier, member)) &&
        // a tagged union asks only the member that its tag names
        (!(c instanceof t.TaggedUnionType) || member.tags?.().has(c.tag) === true),
    ),
  )
  const test = (x: string) =>
    usable()
      .map(member => `(${member.test(x)})`)
      .join(' || ') || 'false'
  return {
    ...leaf(c, kinds.all, test),
    kinds: () => members.reduce<Kinds>((all, member) => all | member.kinds(), 0),
    steady: () => members.every(member => member.steady()),
  }
}

const recursivePart =
  ({ recursive }: ValidatorEmitter): Algebra<ValidatorPart>['lazy'] =>
  (get, c) => {
    const inner = once(get)
    let isPending = false
    return {
      ...leaf(c, kinds.all, x => `${recursive(c, () => inner().body)}(${x})`),
      kinds: () => {
        if (isPending) return 0
        isPending = true
        const all = inner().kinds()
        isPending = false
        return all
      },
      steady: () => false,
    }
  }
