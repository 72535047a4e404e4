import { listFiles } from '@finetune-kit/archive'
import type { FileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Result from 'effect/Result'
import { type CliError, drawError } from '../CliError.ts'
import { complain, exitWith } from '../Io.ts'

/**
 * Does something with each file of the arguments: a folder or a pattern is all its files. Prints
 * why one cannot be used and continues; the command then ends with 2. Returns the number of such.
 */
export const eachFile = <R>(
  args: ReadonlyArray<string>,
  use: (path: string) => Effect.Effect<void, CliError | FileError, R>,
): Effect.Effect<{ readonly files: number; readonly failed: number }, never, R> =>
  Effect.gen(function* () {
    let [files, failed] = [0, 0]
    const orComplain = Effect.catch((error: CliError | FileError) => {
      failed++
      return Effect.andThen(complain(drawError(error)), exitWith(2))
    })
    for (const arg of args) {
      const listed = yield* Effect.result(listFiles(arg))
      const paths = Result.isSuccess(listed) ? listed.success : [arg]
      files += paths.length
      if (Result.isFailure(listed)) yield* orComplain(Effect.fail(listed.failure))
      else for (const path of paths) yield* orComplain(use(path))
    }
    return { files, failed }
  })
