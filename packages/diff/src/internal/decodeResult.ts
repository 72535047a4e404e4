import { type DecodeError, decode, draw, Shape, Validator } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import * as JsonPointer from '../JsonPointer.ts'
import { type PatchError, patchError } from '../PatchError.ts'

/**
 * Checks a patched value by its codec; an error names the last operation near it. A codec that may
 * convert values (an own type, such as `DateFromISOString`) only guards: the value is decoded
 * already.
 */
export const decodeResult = <A>(codec: t.Type<A, unknown>) => {
  const decodeDecoded = checkDecoded(codec)
  return (operations: ReadonlyArray<{ readonly path: string }>) =>
    (value: unknown): E.Either<PatchError, A> =>
      E.mapLeft((error: DecodeError) => {
        const [issue] = error._tag === 'Invalid' ? error.issues : []
        const pointer = JsonPointer.print((issue?.path ?? []).map(String))
        const isNear = (path: string) =>
          `${path}/`.startsWith(`${pointer}/`) || `${pointer}/`.startsWith(`${path}/`)
        const index = operations.findLastIndex(({ path }) => isNear(path))
        const what =
          issue === undefined
            ? draw(error)
            : draw({ _tag: 'Invalid', issues: [{ ...issue, path: [] }], more: 0 })
        return patchError(index, pointer, `the result would not be a ${codec.name}: ${what}`)
      })(decodeDecoded(value))
}

/**
 * Decodes a value that may be decoded already: by a guard if the codec has a part that converts.
 */
export const checkDecoded = <A>(
  codec: t.Type<A, unknown>,
): ((value: unknown) => E.Either<DecodeError, A>) => {
  const asJson = decode(codec)
  const { is } = Validator.of(codec)
  const hasOwn = Shape.fold(hasOwnType)(codec)
  let guards: boolean | undefined
  return value => ((guards ??= hasOwn()) && is(value) ? E.right(value) : asJson(value))
}

const no = () => () => false
const any = (members: ReadonlyArray<() => boolean>) => () => members.some(member => member())

/** True if a part of a codec is not of io-ts: nothing is known then of what it decodes to. */
const hasOwnType: Shape.Algebra<() => boolean> = {
  unknown: no,
  undefined: no,
  null: no,
  boolean: no,
  number: no,
  string: no,
  literal: no,
  array: item => item,
  tuple: any,
  record: (_, codomain) => codomain,
  struct: fields => any(fields.map(({ value }) => value)),
  union: any,
  intersection: any,
  refine: inner => inner,
  lazy: get => {
    let isAsked = false
    return () => {
      if (isAsked) return false
      isAsked = true
      const answer = get()()
      isAsked = false
      return answer
    }
  },
  opaque: () => () => true,
}
