import type * as Effect from 'effect/Effect'

/**
 * Returns those of the ids of events, checkpoints and result files that somebody has already.
 * Events without ids are known by their `eventKeys`.
 */
export type KnownItems<E> = (ids: ReadonlyArray<string>) => Effect.Effect<ReadonlySet<string>, E>
