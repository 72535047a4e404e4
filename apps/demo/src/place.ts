/** The name by which standard input is asked for, as everywhere. */
export const stdin = '-'

/** How people call an input. */
export const nameOf = (path: string): string => (path === stdin ? 'stdin' : path)
