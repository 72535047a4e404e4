import { draw } from '@finetune-kit/codec'
import { Json } from '@finetune-kit/serialization'
import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import { bytes, reading } from '../input.ts'
import { nameOf, stdin } from '../place.ts'
import { type Trouble, trouble } from '../Trouble.ts'

/** The one value that a file holds as JSON. */
export const one = <A>(codec: t.Type<A, unknown>, path: string): Effect.Effect<A, Trouble> =>
  Effect.flatMap(
    reading(path, () => bytes(path)),
    text => {
      const decoded = Json.of(codec).decode(text)
      return decoded._tag === 'Right'
        ? Effect.succeed(decoded.right)
        : Effect.fail(trouble(draw(decoded.left, nameOf(path))))
    },
  )

/** Standard input can be read once. */
export const oneStdin = (...paths: ReadonlyArray<string>): Effect.Effect<void, Trouble> =>
  paths.filter(path => path === stdin).length > 1
    ? Effect.fail(trouble(`Standard input can be only one of the ${paths.length === 2 ? 'two' : 'three'}.`))
    : Effect.void

/** A value as a document that people read too. */
export const json = (value: unknown): string => JSON.stringify(value, null, 2)
