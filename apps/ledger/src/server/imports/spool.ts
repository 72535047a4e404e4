import { open, rm } from 'node:fs/promises'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'
import { type ApiError, apiError } from '../ApiError.ts'

/** Writes an upload into a file, and returns its size. One that fails leaves no file. */
export const spool =
  (path: string) =>
  (bytes: Stream.Stream<Uint8Array, unknown>): Effect.Effect<number, ApiError> =>
    Effect.scoped(
      Effect.gen(function* () {
        const file = yield* Effect.acquireRelease(
          Effect.tryPromise({ try: () => open(path, 'wx', 0o600), catch: writeError }),
          handle => Effect.promise(() => handle.close()),
        )
        let size = 0
        yield* Stream.runForEach(
          Stream.mapError(bytes, () => apiError(400, 'The upload ended early. Repeat it.')),
          chunk =>
            Effect.tryPromise({
              try: async () => {
                size += chunk.length
                await file.writeFile(chunk)
              },
              catch: writeError,
            }),
        )
        return size
      }),
    ).pipe(Effect.onError(() => Effect.promise(() => rm(path, { force: true }))))

const writeError = (error: unknown): ApiError =>
  (error as NodeJS.ErrnoException).code === 'ENOSPC'
    ? apiError(507, 'No space is left for the upload. Free some and try again.')
    : apiError(
        500,
        `The upload cannot be written (${(error as NodeJS.ErrnoException).code}). Check the folder of TMPDIR.`,
      )
