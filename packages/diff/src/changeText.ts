import type { Delta, Operation } from './Delta.ts'

/**
 * A delta for a terminal or a log, one line an operation: `~` replaced, `+` added, `-` removed, `>` moved.
 *
 * @example
 * const delta: Delta.Delta = [{ op: 'replace', path: '/status', was: 'pending', value: 'running' }]
 * changeText(delta) // => ~ /status: "pending" → "running"
 */
export const changeText = (delta: Delta): string => delta.map(line).join('\n')

const line = (operation: Operation): string => {
  const path = visible(operation.path)
  switch (operation.op) {
    case 'add':
      return `+ ${path}: ${drawValue(operation.value)}`
    case 'remove':
      return `- ${path}: ${drawValue(operation.was)}`
    case 'replace':
      return `~ ${path}: ${drawValue(operation.was)} → ${drawValue(operation.value)}`
    default:
      return `> ${visible(operation.from)} to ${path}`
  }
}

const maxLength = 160

const drawValue = (value: unknown): string => {
  const text = textOf(value)
  return visible(text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`)
}

const textOf = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? 'nothing'
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return 'a value nested too deeply to be shown'
  }
}

/** Control and bidirectional characters, which would rewrite the line they stand in, as escapes. */
const visible = (text: string): string =>
  text.replace(
    // oxlint-disable-next-line no-control-regex -- these are the characters to be shown
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
