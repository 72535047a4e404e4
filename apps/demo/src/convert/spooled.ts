import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileBytes } from '@finetune-kit/serialization'
import { type FileTrouble, openFile, writeFile } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import type * as Stream from 'effect/Stream'

/** The bytes of an input that comes from a pipe, or is compressed, as a file that can be read at any place. It is removed in the end. */
export const spooled = (
  bytes: Stream.Stream<Uint8Array, FileTrouble>,
): Effect.Effect<FileBytes, FileTrouble, Scope.Scope> =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), 'finetune-'))),
      made => Effect.promise(() => rm(made, { recursive: true, force: true })),
    )
    const file = join(folder, 'input')
    yield* writeFile(file)(bytes)
    return yield* openFile(file)
  })
