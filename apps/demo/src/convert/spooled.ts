import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { visible } from '@finetune-kit/codec'
import type { FileBytes } from '@finetune-kit/serialization'
import { type FileTrouble, openFile, writeFile } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import type * as Stream from 'effect/Stream'
import { type Trouble, trouble } from '../Trouble.ts'

/** The bytes of an input that comes from a pipe, or is compressed, as a file that can be read at any place. It is removed in the end. */
export const spooled = (
  bytes: Stream.Stream<Uint8Array, FileTrouble>,
): Effect.Effect<FileBytes, FileTrouble | Trouble, Scope.Scope> =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.tryPromise({
        try: () => mkdtemp(join(tmpdir(), 'finetune-')),
        catch: error =>
          trouble(
            `No temporary folder can be made in ${visible(tmpdir())} (${(error as NodeJS.ErrnoException).code}), and this input needs one. Say another place by TMPDIR.`,
          ),
      }),
      made => Effect.promise(() => rm(made, { recursive: true, force: true })),
    )
    const file = join(folder, 'input')
    yield* writeFile(file)(bytes)
    return yield* openFile(file)
  })
