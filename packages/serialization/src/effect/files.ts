import { createReadStream, createWriteStream } from 'node:fs'
import { realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as NodeSink from '@effect/platform-node/NodeSink'
import * as NodeStream from '@effect/platform-node/NodeStream'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Stream from 'effect/Stream'
import { type FileTrouble, ofNode } from './FileTrouble.ts'

/** How many bytes of a file are read at once. */
const pieceBytes = 256 * 1024

/** The bytes of a file, or of standard input for `-`: a piece at a time, and no sooner than they are asked for. */
export const readFile = (path: string): Stream.Stream<Uint8Array, FileTrouble> =>
  NodeStream.fromReadable<Uint8Array, FileTrouble>({
    evaluate: () => (path === '-' ? process.stdin : createReadStream(path, { highWaterMark: pieceBytes })),
    onError: ofNode(path),
    chunkSize: 1,
  })

/**
 * Writes all the bytes to a file, or to standard output for `-`. The file appears whole or not at all: the bytes go to
 * a file beside it, which takes its name at the end and is removed when anything fails or is interrupted. What is
 * not a regular file (a pipe, a device) is written to as it is.
 */
export const writeFile =
  (path: string) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Effect.Effect<void, E | FileTrouble, R> => {
    const writeTo = (file: string, flags: string) =>
      Stream.run(
        bytes,
        NodeSink.fromWritable({
          evaluate: () => createWriteStream(file, { flags, flush: flags === 'wx' }), // a device cannot be flushed
          onError: ofNode(path),
        }),
      )
    if (path === '-')
      return Stream.run(
        bytes,
        NodeSink.fromWritable({ evaluate: () => process.stdout, onError: ofNode(path), endOnDone: false }),
      )
    return Effect.flatMap(kindOf(path), kind =>
      kind === 'other' ? writeTo(path, 'w') : beside(path, kind, file => writeTo(file, 'wx')),
    )
  }

type Kind = 'none' | 'file' | 'other'

const kindOf = (path: string): Effect.Effect<Kind, FileTrouble> =>
  Effect.tryPromise({
    try: () =>
      stat(path).then(
        (found): Kind => (found.isFile() ? 'file' : 'other'),
        (error: NodeJS.ErrnoException): Kind => {
          if (error.code === 'ENOENT') return 'none'
          throw error
        },
      ),
    catch: ofNode(path),
  })

let written = 0

const beside = <E, R>(path: string, kind: Kind, write: (file: string) => Effect.Effect<void, E, R>) =>
  Effect.acquireUseRelease(
    Effect.tryPromise({
      // the file behind a link is the one to be replaced, not the link
      try: async () => {
        const target = kind === 'file' ? await realpath(path) : path
        return {
          target,
          part: join(dirname(target), `.${basename(target)}.${process.pid}-${++written}.part`),
        }
      },
      catch: ofNode(path),
    }),
    ({ target, part }) =>
      Effect.andThen(
        write(part),
        Effect.tryPromise({ try: () => rename(part, target), catch: ofNode(path) }),
      ),
    ({ part }, exit) =>
      Exit.isSuccess(exit)
        ? Effect.void
        : Effect.promise(() => rm(part, { force: true }).catch(() => undefined)),
  )
