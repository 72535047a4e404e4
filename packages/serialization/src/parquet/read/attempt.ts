import * as E from '#fp-ts/Either'
import type { ByteRange } from './readRequests.ts'

/** Runs a reading that throws where hyparquet finds something invalid, and returns the reason. */
export function* attempt<A>(
  read: Generator<ByteRange, A, ArrayBuffer>,
): Generator<ByteRange, E.Either<string, A>, ArrayBuffer> {
  try {
    return E.right(yield* read)
  } catch (error) {
    return E.left(reasonOf(error))
  }
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
