import * as Effect from 'effect/Effect'
import * as E from '#fp-ts/Either'

/** The one bridge from the pure core: `left` fails with its error, `right` succeeds. */
export const fromEither = <L, A>(either: E.Either<L, A>): Effect.Effect<A, L> =>
  E.isLeft(either) ? Effect.fail(either.left) : Effect.succeed(either.right)
