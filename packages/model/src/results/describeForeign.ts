import { decodeBase64IfNeeded } from './decodeBase64IfNeeded.ts'

/** Names a text that is often taken for a result file, with the remedy; null for any other. */
export const describeForeign = (text: string): string | null => {
  const start = text.replace(/^[\ufeff\s]+/, '')
  if (start.startsWith('<')) return 'HTML, not CSV. Download the file again with an API key.'
  if (/^[[{]/.test(start)) return 'JSON, not CSV. If it is an error response, download the file again.'
  if (/^b['"]/.test(start))
    return "Python's text of bytes (b'…'), not CSV. Write the bytes themselves to the file."
  if (isBase64Url(start)) return 'base64url, not CSV. Decode it first.'
  const [header = ''] = start.split(/[\r\n]/, 1)
  if (header.includes(',')) return null
  if (header.includes(';')) return 'cells are separated by semicolons. Save the file with commas.'
  return header.trim().includes('\t') ? 'cells are separated by tabs. Save the file with commas.' : null
}

/** True if only the alphabet of base64url keeps the text from being read as base64. */
const isBase64Url = (text: string): boolean => {
  const line = text.trim()
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(line)) return false
  const bare = line
    .replace(/={1,2}$/, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  const padded = bare + '='.repeat((4 - (bare.length % 4)) % 4)
  return decodeBase64IfNeeded(padded) !== padded
}
