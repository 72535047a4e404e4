import * as fs from 'node:fs/promises'
import { join } from 'node:path'
import { fileError, fromNodeError, type FileError } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'

/**
 * The files that a path stands for, in the order of their names: itself, all files of a folder and
 * of its folders, or those that a pattern (`*`, `**`, `?`, `[…]`) matches. Names that begin with
 * `.` or `_` are no data, as in Hive and Spark, nor are pipes: reading one may never end. A link
 * that leads nowhere is listed, so that the reader reports it.
 */
export const listFiles = (path: string): Effect.Effect<ReadonlyArray<string>, FileError> =>
  Effect.tryPromise({ try: () => fs.stat(path).catch(missing), catch: fromNodeError(path, 'read') }).pipe(
    Effect.flatMap(found => {
      if (found?.isDirectory() === true) return filesIn(path, 'holds no file. Pass a folder with records')
      return found === undefined && /[*?[]/.test(path)
        ? filesLike(path)
        : Effect.succeed<ReadonlyArray<string>>([path])
    }),
  )

const missing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}

/** The data files of a folder and of its folders; those behind a link are not looked into. */
export const filesIn = (folder: string, orElse?: string): Effect.Effect<ReadonlyArray<string>, FileError> =>
  Effect.tryPromise({
    try: async () => {
      const files: Array<string> = []
      for (const entry of await fs.readdir(folder, { recursive: true, withFileTypes: true })) {
        const file = join(entry.parentPath, entry.name)
        if (!isData(file.slice(folder.length))) continue
        if (entry.isFile() || (entry.isSymbolicLink() && (await mayBeRead(file)))) files.push(file)
      }
      return files.toSorted()
    },
    catch: error => fromNodeError((error as NodeJS.ErrnoException).path ?? folder, 'read')(error),
  }).pipe(
    Effect.filterOrFail(
      files => files.length > 0 || orElse === undefined,
      () => fileError(folder, orElse ?? ''),
    ),
  )

const filesLike = (pattern: string): Effect.Effect<ReadonlyArray<string>, FileError> => {
  // looked up when it is used: a static import would keep the package from running on Node 20
  const { glob } = fs as Partial<typeof fs>
  if (glob === undefined)
    return Effect.fail(fileError(pattern, 'patterns need Node 22 or newer. Pass a folder or names of files'))
  return Effect.tryPromise({
    try: async () => {
      const files: Array<string> = []
      const named = new Set(pattern.split(separator))
      const isMeant = (file: string) => file.split(separator).every(name => isData(name) || named.has(name))
      for await (const file of glob(pattern)) if (isMeant(file) && (await mayBeRead(file))) files.push(file)
      return files.toSorted()
    },
    catch: fromNodeError(pattern, 'read'),
  }).pipe(
    Effect.filterOrFail(
      files => files.length > 0,
      () => fileError(pattern, 'no such file, and none matches. Check the path', 'ENOENT'),
    ),
  )
}

/** True of a file, and of what is gone, or is a link that leads nowhere. */
const mayBeRead = (path: string): Promise<boolean> =>
  fs.stat(path).then(
    found => found.isFile(),
    () => true,
  )

const separator = /[/\\]/

/** A name that begins with a dot or an underscore is none of data; `..` is the folder above. */
const isData = (path: string): boolean => !/(?:^|[/\\])(?:_|\.(?!\.?(?:[/\\]|$)))/.test(path)
