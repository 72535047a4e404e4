import * as Effect from 'effect/Effect'
import { type Trouble, trouble } from '../Trouble.ts'

/** The port where a ledger is first looked for. */
export const usual = 4321

/** The port that a text says; 0 stands for any that is free. */
export const portOf = (text: string | undefined): Effect.Effect<number, Trouble> => {
  if (text === undefined || text === '') return Effect.succeed(usual)
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535
    ? Effect.succeed(Number(text))
    : Effect.fail(trouble(`PORT is ${JSON.stringify(text)}: it has to be a number from 0 to 65535.`))
}
