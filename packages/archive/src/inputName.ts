import { escapeUnprintable } from '@finetune-kit/codec'

/** The name by which standard input is asked for, as everywhere. */
export const stdin = '-'

/** How people call an input, as it can stand in a line of a terminal. */
export const inputName = (path: string): string => (path === stdin ? 'stdin' : escapeUnprintable(path))
