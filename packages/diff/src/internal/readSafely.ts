import { readError } from '@finetune-kit/codec/compile'
import * as E from '#fp-ts/Either'

/**
 * Runs a function over values of any origin; a getter or a proxy in them that throws is an error
 * value. Rethrows what no value explains.
 */
export const readSafely = <L, A>(
  values: unknown,
  onThrow: (reason: string) => L,
  read: () => E.Either<L, A>,
): E.Either<L, A> => {
  try {
    return read()
  } catch (error) {
    const reason = readError(values)
    if (reason === undefined) throw error
    return E.left(onThrow(`reading the value throws: ${reason}`))
  }
}
