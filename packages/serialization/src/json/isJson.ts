import { defaultLimits } from '../Format.ts'
import { limitFlaw } from './limitFlaw.ts'

/**
 * True if a text is JSON. One that exceeds the default limits is taken for JSON without being
 * parsed, which may take fifty times its size: its reader refuses it.
 */
export const isJson = (text: string): boolean => {
  if (text.length > longText && limitFlaw(text, defaultLimits) !== undefined) return true
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A shorter text cannot take much memory. */
const longText = 100_000
