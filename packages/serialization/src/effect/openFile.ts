import { type FileHandle, open } from 'node:fs/promises'
import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'
import type { RandomAccessFile } from '../Format.ts'
import { type FileError, fromNodeError } from './FileError.ts'

/** Opens a file for reading at any position, as Parquet needs it. Closed with the scope. */
export const openFile = (path: string): Effect.Effect<RandomAccessFile, FileError, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.tryPromise({ try: () => open(path), catch: fromNodeError(path, 'read') }),
    file => Effect.promise(() => file.close()),
  ).pipe(Effect.flatMap(file => randomAccess(file, path)))

/** An open file, read on demand. */
export const randomAccess = (file: FileHandle, path: string): Effect.Effect<RandomAccessFile, FileError> =>
  Effect.tryPromise({
    try: async () => ({
      byteLength: (await file.stat()).size,
      slice: async (start: number, end: number) => {
        const bytes = new Uint8Array(end - start)
        for (let at = 0; at < bytes.length; ) {
          const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at)
          if (bytesRead === 0) throw new Error(`the file ends before byte ${end}`)
          at += bytesRead
        }
        return bytes.buffer
      },
    }),
    catch: fromNodeError(path, 'read'),
  })
