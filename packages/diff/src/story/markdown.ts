import { escapeForLog } from '../internal/escapeForLog.ts'

/**
 * Escapes any text as a code span of CommonMark: "a backtick string … that is neither preceded nor
 * followed by a backtick", longer than any within.
 */
export const code = (text: string): string => {
  const shown = escapeForLog(text)
  const longest = (shown.match(/`+/g) ?? []).reduce((n, run) => Math.max(n, run.length), 0)
  const fence = '`'.repeat(longest + 1)
  // "if the string both begins and ends with a space …,
  // a single space is removed from the front and back"
  const space = shown === '' || /^[ `]|[ `]$/.test(shown) ? ' ' : ''
  return `${fence}${space}${shown}${space}${fence}`
}

/** Escapes a table cell, where pipes are escaped even in code. */
export const cell = (text: string): string => code(text).replaceAll('|', '\\|')

/** Escapes our own words for Markdown. */
export const plainWords = (text: string): string => text.replace(/[\\`*_~<>|[\]]/g, '\\$&')
