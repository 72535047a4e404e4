import { resolve } from 'node:path'

/** The name by which standard input is asked for, as everywhere. */
export const stdin = '-'

/** How people call an input. */
export const nameOf = (path: string): string => (path === stdin ? 'stdin' : path)

/** Where a file lies. Its path is one of the folder that the command was given in, also when pnpm runs it from another. */
export const placeOf = (path: string): string =>
  path === stdin ? path : resolve(process.env['INIT_CWD'] ?? '', path)
