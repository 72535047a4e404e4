import { escapeUnprintable } from '@finetune-kit/codec'
import type { Compression } from '../Compression.ts'
import type { Damage } from './decompress/Decompressor.ts'

/** A file or stream that could not be read or written. */
export interface FileError {
  readonly _tag: 'FileError'
  /** As the caller named it; `-` is standard input or output. */
  readonly path: string
  /** The problem and its remedy, as they follow the name: `"no such file. Check the path"`. */
  readonly reason: string
  /** The code of the operating system, where there is one: `"ENOENT"`, `"EPIPE"`. */
  readonly code?: string
  /** The damage of its compressed data. What was read before is good. */
  readonly damage?: CompressionDamage
}

/** Damage of compressed data. */
export interface CompressionDamage extends Damage {
  readonly compression: Compression
}

export const fileError = (path: string, reason: string, code?: string): FileError => ({
  _tag: 'FileError',
  path,
  reason,
  ...(code === undefined ? {} : { code }),
})

/**
 * Draws a file error as one sentence, safe to print: `"runs.ndjson: no such file. Check the path."`
 *
 * @param name - the name to show. Default: the path.
 */
export const drawFileError = ({ path, reason }: FileError, name = escapeUnprintable(path) || '""'): string =>
  `${name}: ${escapeUnprintable(reason)}.`

/**
 * Turns an error of Node into a file error. A missing file that is to be written lacks its folder.
 */
export const fromNodeError =
  (path: string, use: 'read' | 'write') =>
  (error: unknown): FileError => {
    const { code, message } = error as NodeJS.ErrnoException
    const known = code === undefined ? undefined : (reasons[use][code] ?? reasons.both[code])
    if (code === 'ENOENT' && path.includes('\ufffd')) return fileError(path, notUtf8, code)
    return fileError(path, known ?? message ?? String(error), code)
  }

/** Node decodes names: one with other bytes stands for no file any more. */
const notUtf8 = 'no such file, or its name is not UTF-8. Rename it, or pass its content as standard input'

/** Every reason that a file can fail for, and its remedy. */
const reasons: Readonly<Record<'read' | 'write' | 'both', Readonly<Record<string, string>>>> = {
  read: {
    ENOENT: 'no such file. Check the path',
    EACCES: 'may not be read by this user. Change its permissions',
  },
  write: {
    ENOENT: 'no such folder. Create it first',
    EACCES: 'may not be written by this user. Change its permissions',
    EEXIST: 'a link to a file that does not exist. Remove the link or create the file',
  },
  both: {
    EISDIR: 'is a folder. Pass a file',
    ENOTDIR: 'a part of the path is not a folder. Check the path',
    EPERM: 'may not be changed by this user. Change its permissions',
    ENOSPC: 'no space is left. Free some or write elsewhere',
    EDQUOT: 'the quota of this user is used up. Free some space or write elsewhere',
    EFBIG: 'larger than the limit of its file system or of ulimit -f. Write elsewhere',
    EIO: 'the disk reports an error. Check the disk',
    EROFS: 'is on a read-only file system. Write elsewhere',
    EPIPE: 'its reader has gone',
    EMFILE: 'too many files are open. Raise the limit: ulimit -n',
    ENAMETOOLONG: 'the name is too long. Shorten it',
    ELOOP: 'too many links. Check the path',
    EBADF: 'is closed. Open it',
  },
}
