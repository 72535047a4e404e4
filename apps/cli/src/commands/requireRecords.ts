import { describeDataFile, type Input } from '@finetune-kit/archive'
import * as Effect from 'effect/Effect'
import { type CliError, cliError } from '../CliError.ts'

/** Fails where an input is a training file or a result file. */
export const requireRecords = ({
  name,
  data,
}: Pick<Input, 'name' | 'data'>): Effect.Effect<void, CliError> =>
  data === undefined ? Effect.void : Effect.fail(cliError(`${name}: ${describeDataFile(data)}.`))
