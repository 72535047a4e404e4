import { type FileError, drawFileError } from '@finetune-kit/serialization/effect'
import { inputName } from '@finetune-kit/archive'

/** A call that cannot be carried out, as one line for the person who made it. */
export interface CliError {
  readonly _tag: 'CliError'
  readonly message: string
}

export const cliError = (message: string): CliError => ({ _tag: 'CliError', message })

/** The line that a command ends with. */
export const drawError = (error: CliError | FileError): string =>
  error._tag === 'CliError' ? error.message : drawFileError(error, inputName(error.path))
