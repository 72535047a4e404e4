import * as t from 'io-ts'
import { expect } from 'vitest'
import { Validator } from '@finetune-kit/codec'

/** Compares io-ts and the validator: side, reference, errors with contexts, guard. */
const agree = (codec: t.Any, u: unknown) => {
  const own = codec.decode(u)
  const fast = Validator.of(codec).decode(u)
  expect(fast).toStrictEqual(own)
  if (own._tag === 'Right' && fast._tag === 'Right')
    expect(Object.is(fast.right, u)).toBe(Object.is(own.right, u))
  if (own._tag === 'Left' && fast._tag === 'Left')
    for (const [i, { context }] of own.left.entries())
      for (const [j, { type, actual }] of context.entries()) {
        expect(fast.left[i]?.context[j]?.type).toBe(type)
        expect(fast.left[i]?.context[j]?.actual).toBe(actual)
      }
  const is = codec.is(u)
  expect(Validator.of(codec).is(u)).toBe(is)
  if (Validator.of(codec).accepts(u)) expect([fast._tag, is]).toEqual(['Right', true])
}

/** Compares io-ts and the validator for each of these values. */
export const agrees = (codec: t.Any, ...values: ReadonlyArray<unknown>) => {
  for (const u of values) agree(codec, u)
}
