import * as Flag from 'effect/cli/Flag'
import { type CliError, cliError } from '../CliError.ts'
import { pathFlag } from './pathParam.ts'

/** `--db`: the database that runs are kept in. */
export const db = pathFlag('db').pipe(
  Flag.withMetavar('FILE'),
  Flag.withDescription(
    'The SQLite file of the runs. Default: the database of DATABASE_URL (PostgreSQL), else finetune-kit/runs.db in the data folder of this user',
  ),
  Flag.withDefault(undefined),
)

/** The error of a command that has neither files nor a database to read. */
export const noInput: CliError = cliError('finetune: no input. Pass a file of records, or --db FILE.')
