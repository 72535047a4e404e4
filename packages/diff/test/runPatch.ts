import { decode, draw } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { afterEach, expect } from 'vitest'
import { JsonPatch, type PatchError } from '@finetune-kit/diff'

/** Decodes and applies a patch. An error is one line. */
export const run = (doc: unknown, patch: unknown): E.Either<string, unknown> => {
  const decoded = decode(JsonPatch.JsonPatch)(patch)
  if (E.isLeft(decoded)) return E.left(draw(decoded.left))
  return E.mapLeft((error: PatchError) => `${error.index} ${error.pointer}: ${error.reason}`)(
    JsonPatch.apply(decoded.right)(doc),
  )
}

// no patch changes the prototype of all objects
const prototype = Reflect.ownKeys(Object.prototype)

afterEach(() => expect(Reflect.ownKeys(Object.prototype)).toEqual(prototype))
