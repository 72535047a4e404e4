import { type Format, EventStream, formatOf as byName, Json, Ndjson } from '@finetune-kit/serialization'

/** The ending of a file's name that tells of a compression. */
const packed = /\.(gz|gzip|zst|zstd|br)$/i

/** Whether a file's name says that it is compressed. */
export const isPacked = (path: string): boolean => packed.test(path)

/**
 * Which format a file is in. Its name tells, whatever it is compressed with; but of a file without a name, and of
 * `.json`, which often holds a record a line, the first bytes do.
 */
export const formatOf = (path: string, beginning: Uint8Array): Format => {
  const named = formatOfName(path)
  if (named !== undefined && named !== Json) return named
  const [first = '', second] = new TextDecoder()
    .decode(beginning)
    .split(/\r\n|\n|\r/)
    .map(line => line.trim())
    .filter(line => line !== '')
  if (/^(data|event|id|retry)?:/.test(first)) return EventStream
  if (second === undefined || /^\[|[[{,:]$/.test(first)) return Json
  return isJson(first) || isJson(second) ? Ndjson : Json
}

/** Which format the name of a file tells of. */
export const formatOfName = (path: string): Format | undefined =>
  byName(/\.[^./\\]+$/.exec(path.replace(packed, ''))?.[0] ?? '')

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
