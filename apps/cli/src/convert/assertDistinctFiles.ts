import { fstat, stat } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { inputName, stdin } from '@finetune-kit/archive'
import * as Effect from 'effect/Effect'
import { type CliError, cliError } from '../CliError.ts'
import type { BadRecordOption } from './badRecords.ts'

/** Fails where bad records would be written over the output or the input. */
export const assertDistinctFiles = ({
  inputs,
  outputs,
  bad,
}: {
  readonly inputs: ReadonlyArray<string>
  readonly outputs: ReadonlyArray<string>
  readonly bad: BadRecordOption
}): Effect.Effect<void, CliError> =>
  bad._tag === 'Quarantine'
    ? Effect.gen(function* () {
        const [kept] = yield* identities([bad.path], 1)
        if (kept === undefined) return
        const what = (yield* identities(outputs, 1)).includes(kept)
          ? 'output'
          : (yield* identities(inputs, 0)).includes(kept) && 'input'
        if (what)
          yield* Effect.fail(
            cliError(
              `--bad quarantine=${bad.path === stdin ? stdin : inputName(bad.path)}: the file is the ${what}. Pass another.`,
            ),
          )
      })
    : Effect.void

const identities = (paths: ReadonlyArray<string>, standard: 0 | 1) =>
  Effect.promise(() => Promise.all(paths.map(path => identity(path, standard))))

/**
 * One text for each file, whatever its name. Undefined for a terminal or another device, which
 * several may share.
 */
const identity = async (path: string, standard: 0 | 1): Promise<string | undefined> => {
  try {
    const found = await (path === stdin ? promisify(fstat)(standard) : promisify(stat)(path))
    return found.isCharacterDevice() ? undefined : `${found.dev}:${found.ino}`
  } catch {
    const folder = await realpath(dirname(path)).catch(() => resolve(dirname(path)))
    return join(folder, basename(path)) // does not exist yet
  }
}
