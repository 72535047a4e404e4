import { decode, draw } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import * as JsonPointer from '../JsonPointer.ts'
import { type PatchError, patchError } from '../PatchError.ts'

/** A patched value, if it still is what its codec describes; else an error at the last operation that was there. */
export const decodeResult =
  <A>(codec: t.Type<A, unknown>, operations: ReadonlyArray<{ readonly path: string }>) =>
  (value: unknown): E.Either<PatchError, A> =>
    E.mapLeft((error: Parameters<typeof draw>[0]) => {
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
    })(decode(codec)(value))
