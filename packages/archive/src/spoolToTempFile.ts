import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { escapeUnprintable } from '@finetune-kit/codec'
import type { RandomAccessFile } from '@finetune-kit/serialization'
import { type FileError, openFile, writeFile } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import type * as Stream from 'effect/Stream'
import { type InputError, inputError } from './InputError.ts'

/** The bytes of an input that comes from a pipe, or is compressed, as a file that can be read at any place. It is removed in the end. */
export const spoolToTempFile = (
  bytes: Stream.Stream<Uint8Array, FileError>,
): Effect.Effect<RandomAccessFile, FileError | InputError, Scope.Scope> =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.tryPromise({
        try: () => mkdtemp(join(tmpdir(), 'finetune-')),
        catch: error =>
          inputError(
            `No temporary folder can be made in ${escapeUnprintable(tmpdir())} (${(error as NodeJS.ErrnoException).code}), and this input needs one. Say another place by TMPDIR.`,
          ),
      }),
      made => Effect.promise(() => rm(made, { recursive: true, force: true })),
    )
    const file = join(folder, 'input')
    yield* writeFile(file)(bytes)
    return yield* openFile(file)
  })
