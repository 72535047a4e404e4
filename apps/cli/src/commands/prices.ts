import { Finite } from '@finetune-kit/codec'
import * as Effect from 'effect/Effect'
import * as Flag from 'effect/cli/Flag'
import * as t from 'io-ts'
import { readValue } from './readValue.ts'
import { pathFlag } from './pathParam.ts'

const Prices = t.record(t.string, Finite)

/** `--prices` */
export const prices = pathFlag('prices').pipe(
  Flag.withMetavar('FILE'),
  Flag.withDescription('A JSON file of US dollars per million training tokens, by base model'),
  Flag.withDefault(undefined),
)

/** The prices of a file, as a field of a run's resources; no field without a file. */
export const readPrices = (path: string | undefined) =>
  path === undefined ? Effect.succeed({}) : Effect.map(readValue(path, Prices), found => ({ prices: found }))
