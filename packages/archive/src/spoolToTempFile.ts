import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RandomAccessFile } from '@finetune-kit/serialization'
import { type FileError, fileError, randomAccess } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'

/** A copy of a stream, and the damage of compressed data that follows all of it. */
interface Spooled {
  readonly file: RandomAccessFile
  readonly damage?: FileError
}

/**
 * Copies a stream to a temporary file that can be read at any position. The file has no name once
 * it is open, so that nothing of it is left, however the process ends.
 */
export const spoolToTempFile = (
  bytes: Stream.Stream<Uint8Array, FileError>,
): Effect.Effect<Spooled, FileError, Scope.Scope> =>
  Effect.gen(function* () {
    const file = yield* Effect.acquireRelease(tryTempFile(openTempFile), opened =>
      Effect.promise(() => opened.close()),
    )
    const copied = yield* Stream.runForEach(bytes, chunk => tryTempFile(() => file.writeFile(chunk))).pipe(
      Effect.as({}),
      Effect.catch(error =>
        error.damage?.isInside === false ? Effect.succeed({ damage: error }) : Effect.fail(error),
      ),
    )
    return { file: yield* randomAccess(file, tmpdir()), ...copied }
  })

/** Opens a new file without a name, so that nothing of it is left. */
export const openTempFile = async (): Promise<FileHandle> => {
  const path = join(tmpdir(), `finetune-${crypto.randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
}

/** Runs a step on a temporary file; fails with its remedy. */
export const tryTempFile = <A>(run: () => Promise<A>): Effect.Effect<A, FileError> =>
  Effect.tryPromise({
    try: run,
    catch: error => {
      const { code, message } = error as NodeJS.ErrnoException
      const remedy = 'Pass the folder for temporary files by TMPDIR'
      return fileError(tmpdir(), `a temporary file cannot be written (${code ?? message}). ${remedy}`, code)
    },
  })
