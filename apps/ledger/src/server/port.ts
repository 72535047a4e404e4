import * as Effect from 'effect/Effect'
import { type LedgerError, ledgerError } from '../LedgerError.ts'

/** The port that is tried first. */
export const defaultPort = 4321

/** The port of a text; 0 means any free port. */
export const portOf = (text: string | undefined): Effect.Effect<number, LedgerError> => {
  if (text === undefined || text === '') return Effect.succeed(defaultPort)
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535
    ? Effect.succeed(Number(text))
    : Effect.fail(ledgerError(`PORT is ${JSON.stringify(text)}: it has to be a number from 0 to 65535.`))
}
