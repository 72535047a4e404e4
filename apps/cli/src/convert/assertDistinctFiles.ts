import { fstat, stat } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { inputName, stdin } from '@finetune-kit/archive'
import * as Effect from 'effect/Effect'
import { type CliError, cliError } from '../CliError.ts'
import type { BadRecordOption } from './badRecords.ts'

/** Fails where bad records would be lost with the input, or written over the output. */
export const assertDistinctFiles = ({
  inputs,
  outputs,
  bad,
}: {
  readonly inputs: ReadonlyArray<string>
  readonly outputs: ReadonlyArray<string>
  readonly bad: BadRecordOption
}): Effect.Effect<void, CliError> =>
  Effect.gen(function* () {
    const read = yield* identities(inputs, 0)
    const written = yield* identities(outputs, 1)
    const overwritten = outputs.find((_, i) => isFile(written[i]) && read.includes(written[i]))
    if (bad._tag === 'Skip' && overwritten !== undefined)
      yield* Effect.fail(
        cliError(
          `${inputName(overwritten)}: is the input, whose bad records would be lost. Pass another file, or --bad quarantine=FILE.`,
        ),
      )
    if (bad._tag !== 'Quarantine') return
    const [kept] = yield* identities([bad.path], 1)
    if (kept === undefined) return
    const what = written.includes(kept) ? 'output' : read.includes(kept) && 'input'
    if (what)
      yield* Effect.fail(
        cliError(
          `--bad quarantine=${bad.path === stdin ? stdin : inputName(bad.path)}: the file is the ${what}. Pass another.`,
        ),
      )
  })

/** Fails where an output would replace a file that the command reads. */
export const assertNoInput = (
  output: string,
  inputs: ReadonlyArray<string | undefined>,
): Effect.Effect<void, CliError> =>
  Effect.gen(function* () {
    const read = yield* identities(
      inputs.filter(path => path !== undefined),
      0,
    )
    const [written] = yield* identities([output], 1)
    if (output !== stdin && isFile(written) && read.includes(written))
      yield* Effect.fail(
        cliError(`${inputName(output)}: is the input, which would be lost. Pass another file.`),
      )
  })

/** The mark of a file that is there: a socket may well be the input and the output. */
const regular = 'file '
const isFile = (id: string | undefined): boolean => id?.startsWith(regular) === true

const identities = (paths: ReadonlyArray<string>, standard: 0 | 1) =>
  Effect.promise(() => Promise.all(paths.map(path => identity(path, standard))))

/**
 * One text for each file, whatever its name. Undefined for a terminal or another device, which
 * several may share.
 */
const identity = async (path: string, standard: 0 | 1): Promise<string | undefined> => {
  try {
    const found = await (path === stdin ? promisify(fstat)(standard) : promisify(stat)(path))
    const id = `${found.dev}:${found.ino}`
    return found.isFile() ? `${regular}${id}` : found.isCharacterDevice() ? undefined : id
  } catch {
    const folder = await realpath(dirname(path)).catch(() => resolve(dirname(path)))
    return join(folder, basename(path)) // does not exist yet
  }
}
