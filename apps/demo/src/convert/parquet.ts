import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kind } from '@finetune-kit/model'
import { openFile, Parquet, type FileTrouble, writeFile } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Option from 'effect/Option'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import type * as t from 'io-ts'

type File = Effect.Success<ReturnType<typeof openFile>>

/** The bytes of an input that comes from a pipe, or is compressed, as a file: Parquet is read from its end. It is removed in the end. */
export const spooled = (
  bytes: Stream.Stream<Uint8Array, FileTrouble>,
): Effect.Effect<File, FileTrouble, Scope.Scope> =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), 'finetune-'))),
      made => Effect.promise(() => rm(made, { recursive: true, force: true })),
    )
    const file = join(folder, 'input.parquet')
    yield* writeFile(file)(bytes)
    return yield* openFile(file)
  })

/** What the records of a Parquet file seem to be, by the first that a codec can read. */
export const kindIn = (file: File): Effect.Effect<Kind.Kind | undefined> =>
  Stream.fromIterable(Kind.all).pipe(
    Stream.filterEffect(kind =>
      Parquet.of(kind.codec as t.Type<unknown>)
        .rows(file)
        .pipe(
          Stream.runHead,
          Effect.map(
            Option.exists(
              item => item._tag === 'Record' && kind.guess(item.value as Readonly<Record<string, unknown>>),
            ),
          ),
        ),
    ),
    Stream.runHead,
    Effect.map(Option.getOrUndefined),
  )
