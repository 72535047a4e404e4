import { detect, type Format, Json } from '@finetune-kit/serialization'

/**
 * Which format unpacked bytes are in. The name of their file tells, but for `.json`, which often holds a record a line;
 * what looks like nothing is taken for JSON, which says best what is wrong with it.
 */
export const detectFormat = (path: string, beginning: Uint8Array): Format => {
  const inner = path.replace(/\.(gz|zst|br)$/i, '')
  return detect(beginning, /\.json$/i.test(inner) ? '' : inner).format ?? Json
}
