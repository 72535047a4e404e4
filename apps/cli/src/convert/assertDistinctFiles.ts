import { fstat, stat } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import * as Effect from 'effect/Effect'
import { type InputError, inputError, inputName, stdin } from '@finetune-kit/archive'
import type { BadRecordOption } from './badRecords.ts'

/** Sees to it that the bad records are not written over the good ones, nor over what is being read. */
export const assertDistinctFiles = ({
  inputs,
  outputs,
  bad,
}: {
  readonly inputs: ReadonlyArray<string>
  readonly outputs: ReadonlyArray<string>
  readonly bad: BadRecordOption
}): Effect.Effect<void, InputError> =>
  bad._tag === 'Quarantine'
    ? Effect.gen(function* () {
        const [kept] = yield* identities([bad.path], 1)
        if (kept === undefined) return
        const what = (yield* identities(outputs, 1)).includes(kept)
          ? 'output'
          : (yield* identities(inputs, 0)).includes(kept) && 'input'
        if (what)
          yield* Effect.fail(
            inputError(
              `Bad records cannot be kept in ${bad.path === stdin ? 'stdout' : inputName(bad.path)}: it is the ${what}.`,
            ),
          )
      })
    : Effect.void

const identities = (paths: ReadonlyArray<string>, standard: 0 | 1) =>
  Effect.promise(() => Promise.all(paths.map(path => identity(path, standard))))

/** One text for each file, whatever name it is given; none for a terminal or another device, which has room for several. */
const identity = async (path: string, standard: 0 | 1): Promise<string | undefined> => {
  try {
    const found = await (path === stdin ? promisify(fstat)(standard) : promisify(stat)(path))
    return found.isCharacterDevice() ? undefined : `${found.dev}:${found.ino}`
  } catch {
    const folder = await realpath(dirname(path)).catch(() => resolve(dirname(path)))
    return join(folder, basename(path)) // is not there yet
  }
}
