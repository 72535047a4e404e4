import { globSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'

export const root = resolve(import.meta.dirname, '../../..')

/** True if a path is one of the folders or below one. Without folders: always true. */
const isBelow = (folders: ReadonlyArray<string>, file: string): boolean =>
  folders.length === 0 || folders.some(folder => file === folder || file.startsWith(`${folder}/`))

/** Paths given on the command line, relative to the root. */
export const foldersOf = (args: ReadonlyArray<string>): ReadonlyArray<string> =>
  args.map(arg => relative(root, resolve(arg)).split(sep).join('/')).filter(folder => folder !== '')

/**
 * Files of the repository that match a glob, without built files, dependencies, fixtures and the
 * change logs that changesets writes.
 */
export const filesOf = (
  globs: ReadonlyArray<string>,
  folders: ReadonlyArray<string> = [],
): ReadonlyArray<string> =>
  globSync([...globs], {
    cwd: root,
    exclude: path => /(^|[/\\])(node_modules|dist|fixtures|samples|CHANGELOG\.md)$/.test(path),
  })
    .map(file => file.split(sep).join('/'))
    .filter(file => isBelow(folders, file))
    .toSorted()
