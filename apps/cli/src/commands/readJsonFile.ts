import { draw } from '@finetune-kit/codec'
import { Json } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { bytes, type InputError, inputError, inputName, stdin, tryReading } from '@finetune-kit/archive'

/** The one value that a file holds as JSON. */
export const readJsonFile = <A>(codec: t.Type<A, unknown>, path: string): Effect.Effect<A, InputError> =>
  Effect.flatMap(
    tryReading(path, () => bytes(path)),
    text => {
      const decoded = Json.of(codec).decode(text)
      return decoded._tag === 'Right'
        ? Effect.succeed(decoded.right)
        : Effect.fail(inputError(draw(decoded.left, inputName(path))))
    },
  )

/** Standard input can be read once. */
export const oneStdin = (...paths: ReadonlyArray<string>): Effect.Effect<void, InputError> =>
  paths.filter(path => path === stdin).length > 1
    ? Effect.fail(
        inputError(`Standard input can be only one of the ${paths.length === 2 ? 'two' : 'three'}.`),
      )
    : Effect.void

/** A value as a document that people read too. */
export const json = (value: unknown): string => JSON.stringify(value, null, 2)
