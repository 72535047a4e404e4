import { escapeUnprintable } from '@finetune-kit/codec'

/** The path that stands for standard input, and for standard output. */
export const stdin = '-'

/** The name of an input as it can be printed. */
export const inputName = (path: string): string => {
  if (path === '') return '""'
  return path === stdin ? 'stdin' : escapeUnprintable(path)
}
