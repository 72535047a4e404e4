import { open } from 'node:fs/promises'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import type { RandomAccessFile } from '../Format.ts'
import { type FileError, ofNode } from './FileError.ts'

/** A file that can be read at any place, as Parquet asks for; closed with the scope. Parts of it are read when they are asked for. */
export const openFile = (path: string): Effect.Effect<RandomAccessFile, FileError, Scope.Scope> =>
  Effect.acquireRelease(Effect.tryPromise({ try: () => open(path), catch: ofNode(path) }), file =>
    Effect.promise(() => file.close()),
  ).pipe(
    Effect.flatMap(file =>
      Effect.tryPromise({
        try: async () => ({
          byteLength: (await file.stat()).size,
          slice: async (start: number, end: number) => {
            const bytes = new Uint8Array(end - start)
            for (let at = 0; at < bytes.length; ) {
              const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at)
              if (bytesRead === 0) throw new RangeError(`the file ends before byte ${end}`)
              at += bytesRead
            }
            return bytes.buffer
          },
        }),
        catch: ofNode(path),
      }),
    ),
  )
