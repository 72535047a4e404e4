import { createWriteStream, fstatSync, type Stats } from 'node:fs'
import { copyFile, type FileHandle, link, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as NodeSink from '@effect/platform-node/NodeSink'
import * as NodeStream from '@effect/platform-node/NodeStream'
import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import type * as Scope from 'effect/Scope'
import * as Stream from 'effect/Stream'
import { type FileError, fromNodeError } from './FileError.ts'
import { openDescriptor } from './openDescriptor.ts'

/** The most bytes of a file that are read at once. */
const chunkBytes = 256 * 1024

/** Reads a file, or standard input for `-`, in chunks, and only on demand. */
export const readFile = (path: string): Stream.Stream<Uint8Array, FileError> =>
  path === '-'
    ? Stream.suspend(() =>
        isStdinFolder()
          ? Stream.fail(fromNodeError(path, 'read')({ code: 'EISDIR' }))
          : NodeStream.fromReadable<Uint8Array, FileError>({
              evaluate: () => process.stdin,
              onError: fromNodeError(path, 'read'),
              chunkSize: 1,
            }),
      )
    : Stream.unwrap(
        Effect.map(openForReading(path), file =>
          Stream.unfold(undefined, () =>
            Effect.map(nextChunk(file, path), chunk =>
              chunk.length === 0 ? undefined : ([chunk, undefined] as const),
            ),
          ),
        ),
      )

/** True if standard input is a folder, which Node would read as nothing. */
const isStdinFolder = (): boolean => {
  try {
    return fstatSync(0).isDirectory()
  } catch {
    return false // closed
  }
}

/** Does not await close: on a FIFO with no writer, close can block until one appears. */
const openForReading = (path: string): Effect.Effect<FileHandle, FileError, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.tryPromise({ try: () => open(path), catch: fromNodeError(path, 'read') }),
    file => Effect.sync(() => void file.close().catch(() => undefined)),
  )

/** The next chunk; empty at the end. */
const nextChunk = (file: FileHandle, path: string): Effect.Effect<Uint8Array, FileError> =>
  Effect.tryPromise({
    try: async () => {
      const { bytesRead, buffer } = await file.read(new Uint8Array(chunkBytes), 0, chunkBytes, null)
      return buffer.subarray(0, bytesRead)
    },
    catch: fromNodeError(path, 'read'),
  })

/**
 * The already open stream that a path names. Replacing it by a renamed file would lose its content.
 * A standard output that was closed (`>&-`) is not noticed: Node opens /dev/null in its place, in
 * the way in which other programs pass it to a child whose output nobody wants.
 */
const openStream = (path: string): NodeJS.WritableStream | undefined => {
  const descriptor = path === '-' ? 1 : openDescriptor(path)
  if (descriptor === undefined) return undefined
  if (descriptor === 1) return process.stdout
  return descriptor === 2 ? process.stderr : createWriteStream('', { fd: descriptor, autoClose: false })
}

/**
 * Writes bytes to a file, or to standard output for `-`. The file appears whole or not at all: the
 * bytes go to a temporary file next to it, which is renamed at the end and removed on failure or
 * interruption. A pipe, device or open descriptor is written to directly.
 */
export const writeFile =
  (path: string) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Effect.Effect<void, E | FileError, R> => {
    const stream = openStream(path)
    return stream === undefined
      ? writeFiles([path])([bytes])
      : Stream.run(
          bytes,
          NodeSink.fromWritable({
            evaluate: () => stream,
            onError: fromNodeError(path, 'write'),
            endOnDone: false,
          }),
        )
  }

/**
 * Writes several streams to their files at the same time. As `writeFile`, but together: all files
 * appear, or none does and existing files stay unchanged.
 */
export const writeFiles =
  (paths: ReadonlyArray<string>) =>
  <E, R>(streams: ReadonlyArray<Stream.Stream<Uint8Array, E, R>>): Effect.Effect<void, E | FileError, R> => {
    const made: Array<Part> = []
    return Effect.acquireUseRelease(
      Effect.forEach(paths, path =>
        Effect.tap(partOf(path), part => Effect.sync(() => void made.push(part))),
      ).pipe(Effect.tapError(() => discard(made))),
      parts =>
        Effect.andThen(
          Effect.forEach(parts, (part, i) => writePart(part, streams[i] ?? Stream.empty), {
            concurrency: 'unbounded',
            discard: true,
          }),
          Effect.flatMap(Unnamed, unnamed =>
            unnamed === undefined
              ? renameAll(parts.filter(isTemporary))
              : Effect.sync(() => void unnamed.unshift(...parts)),
          ),
        ),
      (parts, exit) => (Exit.isSuccess(exit) ? Effect.void : discard(parts)),
    )
  }

/**
 * Runs an effect that writes files at several places: all of them appear, or none does. Those that
 * are written last are named first.
 */
export const nameTogether = <A, E, R>(writing: Effect.Effect<A, E, R>): Effect.Effect<A, E | FileError, R> =>
  Effect.acquireUseRelease(
    Effect.sync((): Array<Part> => []),
    unnamed =>
      Effect.tap(Effect.provideService(writing, Unnamed, unnamed), () =>
        renameAll(unnamed.filter(isTemporary)),
      ),
    (unnamed, exit) => (Exit.isSuccess(exit) ? Effect.void : discard(unnamed)),
  )

/** The files that are written and wait for their names. Default: each is named at once. */
const Unnamed = Context.Reference<Array<Part> | undefined>('finetune-kit/Unnamed', {
  defaultValue: () => undefined,
})

const writePart = <E, R>(part: Part, bytes: Stream.Stream<Uint8Array, E, R>) =>
  Stream.run(
    bytes,
    NodeSink.fromWritable({
      evaluate: () =>
        isTemporary(part)
          ? part.temporary.handle.createWriteStream({ flush: true })
          : createWriteStream(part.target, { flags: 'w' }), // a device cannot be flushed
      onError: fromNodeError(part.path, 'write'),
    }),
  )

const discard = (parts: ReadonlyArray<Part>): Effect.Effect<void> =>
  Effect.promise(async () => {
    for (const { temporary } of parts) {
      if (temporary === undefined) continue
      await temporary.handle.close().catch(() => undefined)
      await remove(temporary.file)
    }
  })

/** A file to be written. */
interface Part {
  readonly path: string
  /** The file itself, if the path is a link. */
  readonly target: string
  /** The temporary file. Undefined for a pipe or a device. */
  readonly temporary: { readonly file: string; readonly handle: FileHandle } | undefined
  /** True if the file existed before. */
  readonly isOld: boolean
}

type TemporaryPart = Part & { readonly temporary: NonNullable<Part['temporary']> }

const isTemporary = (part: Part): part is TemporaryPart => part.temporary !== undefined

const partOf = (path: string): Effect.Effect<Part, FileError> =>
  Effect.tryPromise({
    try: async () => {
      const found = await statIfThere(path)
      if (found !== undefined && !found.isFile())
        return { path, target: path, temporary: undefined, isOld: true }
      const target = found === undefined ? path : await realpath(path)
      // a random name: programs in two containers may have the same process id
      const name = `.${basename(target).slice(0, 50)}.${crypto.randomUUID()}.part`
      const file = join(dirname(target), name)
      const handle = await open(file, 'wx', found === undefined ? 0o666 : 0o600)
      if (found !== undefined) await copyOwnerAndMode(found, handle)
      return { path, target, temporary: { file, handle }, isOld: found !== undefined }
    },
    catch: fromNodeError(path, 'write'),
  })

/** Fails silently: another user's file has another owner then, and some file systems have no modes. */
const copyOwnerAndMode = async ({ uid, gid, mode }: Stats, handle: FileHandle): Promise<void> => {
  const own = await handle.stat()
  if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid).catch(() => undefined)
  await handle.chmod(mode & 0o7777).catch(() => undefined)
}

/** Refuses a dangling link: writing to it would replace the link or create a file elsewhere. */
const statIfThere = async (path: string) => {
  try {
    return await stat(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const isLink = await lstat(path).then(
      found => found.isSymbolicLink(),
      () => false,
    )
    if (isLink) throw Object.assign(new Error('a link to nothing'), { code: 'EEXIST' })
    return undefined
  }
}

/** Renames all files. If one fails, those before it are restored. */
const renameAll = (parts: ReadonlyArray<TemporaryPart>): Effect.Effect<void, FileError> =>
  Effect.suspend(() => {
    const undo: Array<() => Promise<void>> = []
    const last = parts.at(-1)
    const renameOne = async (part: TemporaryPart): Promise<void> => {
      const { target, temporary, isOld } = part
      const old = `${temporary.file}.old`
      if (isOld && part !== last) await link(target, old).catch(() => copyFile(target, old))
      await rename(temporary.file, target)
      undo.push(() => (isOld ? rename(old, target) : remove(target)))
    }
    return Effect.forEach(
      parts,
      part => Effect.tryPromise({ try: () => renameOne(part), catch: fromNodeError(part.path, 'write') }),
      { discard: true },
    ).pipe(
      Effect.tapError(() =>
        Effect.promise(async () => {
          for (const back of undo.toReversed()) await back().catch(() => undefined)
        }),
      ),
      Effect.ensuring(
        Effect.promise(() => Promise.all(parts.map(({ temporary }) => remove(`${temporary.file}.old`)))),
      ),
      Effect.uninterruptible,
    )
  })

const remove = (file: string): Promise<void> => rm(file, { force: true }).catch(() => undefined)
