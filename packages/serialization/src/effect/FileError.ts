/** A file or stream that could not be read or written, with the reason in words. */
export interface FileError {
  readonly _tag: 'FileTrouble'
  /** As the caller named it; `-` is standard input or output. */
  readonly path: string
  readonly reason: string
  /** The code of the operating system, where there is one: `"ENOENT"`, `"EPIPE"`. */
  readonly code?: string
}

export const fileError = (path: string, reason: string, code?: string): FileError => ({
  _tag: 'FileTrouble',
  path,
  reason,
  ...(code === undefined ? {} : { code }),
})

/** What Node says of a file, in a sentence. */
export const ofNode =
  (path: string) =>
  (error: unknown): FileError => {
    const { code, message } = error as NodeJS.ErrnoException
    return fileError(path, (code !== undefined && reasons[code]) || (message ?? String(error)), code)
  }

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'it may not be accessed',
  EPERM: 'it may not be changed',
  ENOSPC: 'no space is left',
  EROFS: 'it lies on a file system that cannot be written to',
  EPIPE: 'nobody reads it any more',
  EMFILE: 'too many files are open',
}
