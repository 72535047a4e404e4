import { escapeForLog } from '../internal/escapeForLog.ts'

/**
 * Any text as a code span of CommonMark: "a backtick string … that is neither preceded nor followed by a backtick",
 * longer than any within.
 */
export const code = (text: string): string => {
  const shown = escapeForLog(text)
  const longest = (shown.match(/`+/g) ?? []).reduce((n, run) => Math.max(n, run.length), 0)
  const fence = '`'.repeat(longest + 1)
  // "if the string both begins and ends with a space …, a single space is removed from the front and back"
  const space = shown === '' || /^[ `]|[ `]$/.test(shown) ? ' ' : ''
  return `${fence}${space}${shown}${space}${fence}`
}

/** The same for a cell of a table, where pipes are escaped also in code. */
export const cell = (text: string): string => code(text).replaceAll('|', '\\|')

/** Our own words, of which Markdown makes nothing either. */
export const plainWords = (text: string): string => text.replace(/[\\`*_~<>|[\]]/g, '\\$&')
