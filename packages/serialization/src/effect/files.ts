import { createWriteStream } from 'node:fs'
import { copyFile, type FileHandle, link, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as NodeSink from '@effect/platform-node/NodeSink'
import * as NodeStream from '@effect/platform-node/NodeStream'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import { type FileError, ofNode } from './FileError.ts'

/** How many bytes of a file are read at once. */
const pieceBytes = 64 * 1024

/** The bytes of a file, or of standard input for `-`: a piece at a time, and no sooner than they are asked for. */
export const readFile = (path: string): Stream.Stream<Uint8Array, FileError> =>
  path === '-'
    ? NodeStream.fromReadable<Uint8Array, FileError>({
        evaluate: () => process.stdin,
        onError: ofNode(path),
        chunkSize: 1,
      })
    : Stream.unwrap(
        Effect.map(opened(path), file =>
          Stream.unfold(undefined, () =>
            Effect.map(pieceOf(file, path), piece =>
              piece.length === 0 ? undefined : ([piece, undefined] as const),
            ),
          ),
        ),
      )

/** It is not waited for that it closes: reading a pipe may take until somebody writes to it. */
const opened = (path: string): Effect.Effect<FileHandle, FileError, Scope.Scope> =>
  Effect.acquireRelease(Effect.tryPromise({ try: () => open(path), catch: ofNode(path) }), file =>
    Effect.sync(() => void file.close().catch(() => undefined)),
  )

/** The next bytes; none at the end. */
const pieceOf = (file: FileHandle, path: string): Effect.Effect<Uint8Array, FileError> =>
  Effect.tryPromise({
    try: async () => {
      const { bytesRead, buffer } = await file.read(new Uint8Array(pieceBytes), 0, pieceBytes, null)
      return buffer.subarray(0, bytesRead)
    },
    catch: ofNode(path),
  })

/** What a path stands for that names no file but what is open already: to replace that by another file would lose what it has. */
const openAt = (path: string): NodeJS.WriteStream | undefined => {
  if (path === '-' || path === '/dev/stdout') return process.stdout
  return path === '/dev/stderr' ? process.stderr : undefined
}

/**
 * Writes all the bytes to a file, or to standard output for `-`. The file appears whole or not at all: the bytes go to
 * a file beside it, which takes its name at the end and is removed when anything fails or is interrupted. What is
 * not a regular file (a pipe, a device) is written to as it is.
 */
export const writeFile =
  (path: string) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Effect.Effect<void, E | FileError, R> => {
    const there = openAt(path)
    return there === undefined
      ? writeFiles([path])([bytes])
      : Stream.run(
          bytes,
          NodeSink.fromWritable({ evaluate: () => there, onError: ofNode(path), endOnDone: false }),
        )
  }

/**
 * Writes streams of bytes to files, each to its own, all at the same time. As `writeFile`, but of all of them together: all the
 * files appear, or none does, and those that were there before are left as they were.
 */
export const writeFiles =
  (paths: ReadonlyArray<string>) =>
  <E, R>(streams: ReadonlyArray<Stream.Stream<Uint8Array, E, R>>): Effect.Effect<void, E | FileError, R> =>
    Effect.acquireUseRelease(
      Effect.forEach(paths, partOf),
      parts =>
        Effect.andThen(
          Effect.forEach(
            parts,
            ({ path, file, isBeside }, i) => {
              const [flags, flush] = isBeside ? ['wx', true] : ['w', false] // a device cannot be flushed
              return Stream.run(
                streams[i] ?? Stream.empty,
                NodeSink.fromWritable({
                  evaluate: () => createWriteStream(file, { flags, flush }),
                  onError: ofNode(path),
                }),
              )
            },
            { concurrency: 'unbounded', discard: true },
          ),
          named(parts.filter(({ isBeside }) => isBeside)),
        ),
      (parts, exit) =>
        Exit.isSuccess(exit)
          ? Effect.void
          : Effect.promise(() =>
              Promise.all(parts.filter(({ isBeside }) => isBeside).map(({ file }) => removed(file))),
            ),
    )

/** Where the bytes of a file go for the time being. */
interface Part {
  readonly path: string
  readonly target: string
  readonly file: string
  readonly isBeside: boolean
  /** The file was there before. */
  readonly isOld: boolean
}

let written = 0

const partOf = (path: string): Effect.Effect<Part, FileError> =>
  Effect.tryPromise({
    try: async () => {
      const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      })
      const isOld = found !== undefined
      if (isOld && !found.isFile()) return { path, target: path, file: path, isBeside: false, isOld }
      // the file behind a link is the one to be replaced, not the link
      const target = isOld ? await realpath(path) : path
      const file = join(dirname(target), `.${basename(target)}.${process.pid}-${++written}.part`)
      return { path, target, file, isBeside: true, isOld }
    },
    catch: ofNode(path),
  })

/** Gives all the files their names. When one cannot have it, those before it are what they were. */
const named = (parts: ReadonlyArray<Part>): Effect.Effect<void, FileError> =>
  Effect.suspend(() => {
    const back: Array<() => Promise<void>> = []
    const last = parts.at(-1)
    const name = async (part: Part): Promise<void> => {
      const { target, file, isOld } = part
      const old = `${file}.old`
      if (isOld && part !== last) await link(target, old).catch(() => copyFile(target, old))
      await rename(file, target)
      back.push(() => (isOld ? rename(old, target) : removed(target)))
    }
    return Effect.forEach(
      parts,
      part => Effect.tryPromise({ try: () => name(part), catch: ofNode(part.path) }),
      { discard: true },
    ).pipe(
      Effect.tapError(() =>
        Effect.promise(async () => {
          for (const undo of back.toReversed()) await undo().catch(() => undefined)
        }),
      ),
      Effect.ensuring(Effect.promise(() => Promise.all(parts.map(({ file }) => removed(`${file}.old`))))),
      Effect.uninterruptible,
    )
  })

const removed = (file: string): Promise<void> => rm(file, { force: true }).catch(() => undefined)
