/**
 * Inputs that are known and not read, by their first bytes (a Latin-1 text each), with the remedy.
 */
const unsupported: ReadonlyArray<readonly [beginning: string, reason: string]> = [
  ['\xfd7zXZ\0', 'xz data, which is not supported. Unpack it first: xz -d'],
  ['BZh', 'bzip2 data, which is not supported. Unpack it first: bzip2 -d'],
  ['PK\x03\x04', 'a zip archive, which is not supported. Unpack it first: unzip'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive, which is not supported. Unpack it first: 7z x'],
  ['\x04\x22\x4d\x18', 'lz4 data, which is not supported. Unpack it first: lz4 -d'],
  ['%PDF-', 'a PDF document. Pass a file of records'],
  ['\x89PNG', 'an image. Pass a file of records'],
  ['\xff\xd8\xff', 'an image. Pass a file of records'],
  ['GIF8', 'an image. Pass a file of records'],
  ['SQLite format 3\0', 'a SQLite database. Export its records first'],
  ['ORC', 'an ORC file, which is not supported. Convert it to Parquet first'],
  ['ARROW1', 'an Arrow file, which is not supported. Convert it to Parquet first'],
  ['PARE', 'encrypted Parquet, which is not supported. Decrypt it first'],
  ['age-encryption.org/', 'encrypted by age. Decrypt it first: age -d'],
  ['-----BEGIN PGP MESSAGE', 'encrypted by PGP. Decrypt it first: gpg -d'],
  ['Salted__', 'encrypted by OpenSSL. Decrypt it first'],
  ['\xff\xfe', 'UTF-16 text, which is not supported. Convert it first: iconv -f UTF-16 -t UTF-8'],
  ['\xfe\xff', 'UTF-16 text, which is not supported. Convert it first: iconv -f UTF-16 -t UTF-8'],
]

/**
 * Returns what an input is that cannot be read, and the remedy; undefined where it may be records.
 */
export const unsupportedInput = (bytes: Uint8Array): string | undefined => {
  const beginning = String.fromCharCode(...bytes.subarray(0, 64))
  const found = unsupported.find(([start]) => beginning.startsWith(start))?.[1]
  return found ?? (isHtml(beginning) ? 'an HTML page. Pass what the API answered, as JSON' : undefined)
}

const isHtml = (beginning: string): boolean => /^\s*<(!doctype html|html|head|body)\b/i.test(beginning)
