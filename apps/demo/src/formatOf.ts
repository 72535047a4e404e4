import { type Format, Json, Ndjson } from '@finetune-kit/serialization'

/**
 * Which format a file is in. Its name tells NDJSON; else its first bytes do, for a file named `.json` often holds a
 * record a line.
 */
export const formatOf = (path: string, beginning: Uint8Array): Format => {
  if (Ndjson.extensions.some(extension => path.endsWith(extension))) return Ndjson
  const [first = '', second] = new TextDecoder()
    .decode(beginning)
    .split(/\r\n|\n|\r/)
    .map(line => line.trim())
    .filter(line => line !== '')
  if (second === undefined || /^\[|[[{,:]$/.test(first)) return Json
  return isJson(first) || isJson(second) ? Ndjson : Json
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
