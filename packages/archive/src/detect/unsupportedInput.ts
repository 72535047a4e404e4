/** Returns what an input is that cannot be read, and the remedy; undefined where it may be records. */
export const unsupportedInput = (bytes: Uint8Array): string | undefined => {
  const beginning = String.fromCharCode(...bytes.subarray(0, beginningBytes))
  return (
    patterns.find(([pattern]) => pattern.test(beginning))?.[1] ??
    beginnings.find(([start]) => beginning.startsWith(start))?.[1] ??
    utf16Reason(bytes)
  )
}

/** The magic bytes of tar, at byte 257, are the last that are looked at. */
const beginningBytes = 512

const notSupported = (what: string, remedy: string): string => `${what}, which is not supported. ${remedy}`
const unpack = (what: string, command: string): string => notSupported(what, `Unpack it first: ${command}`)
const utf16 = (encoding: string): string =>
  notSupported('UTF-16 text', `Convert it first: iconv -f ${encoding} -t UTF-8`)
const decrypt = (program: string, command?: string): string =>
  `encrypted by ${program}. Decrypt it first${command === undefined ? '' : `: ${command}`}`
const passRecords = (what: string): string => `${what}. Pass a file of records`

const zip = unpack('a zip archive', 'unzip')
const workbook = notSupported('an Excel workbook', 'Save it as CSV, separated by commas, in UTF-8')
const pickle = passRecords('a Python pickle')
const pythonBytes = "bytes as Python prints them. Write them as they are: open(path, 'wb')"
const image = passRecords('an image')

/** Inputs by their first bytes, a Latin-1 text each. */
const beginnings: ReadonlyArray<readonly [start: string, reason: string]> = [
  ['\xfd7zXZ\0', unpack('xz data', 'xz -d')],
  ['BZh', unpack('bzip2 data', 'bzip2 -d')],
  ['\x5d\0\0', unpack('lzma data', 'lzma -d')],
  ['LZIP\x01', unpack('lzip data', 'lzip -d')],
  ['\x1f\x9d', unpack('data of compress', 'uncompress')],
  ['\x04\x22\x4d\x18', unpack('lz4 data', 'lz4 -d')],
  ['\xff\x06\0\0sNaPpY', unpack('snappy data', 'snzip -d')],
  ['7z\xbc\xaf\x27\x1c', unpack('a 7z archive', '7z x')],
  ['Rar!\x1a\x07', unpack('a rar archive', 'unrar x')],
  ['PK\x03\x04', zip],
  ['PK\x05\x06', zip],
  ['%PDF-', passRecords('a PDF document')],
  ['\x89PNG', image],
  ['\xff\xd8\xff', image],
  ['GIF8', image],
  ['\x7fELF', passRecords('a program')],
  ['SQLite format 3\0', 'an SQLite database. Pass it as --db, or export its records first'],
  ['ORC', notSupported('an ORC file', 'Convert it to Parquet first')],
  ['ARROW1', notSupported('an Arrow file', 'Convert it to Parquet first')],
  ['\x89HDF\r\n', notSupported('an HDF5 file', 'Convert it to Parquet first')],
  ['\x93NUMPY', passRecords('a NumPy array')],
  ['\x80\x02}', pickle],
  ['\x80\x03}', pickle],
  ['\x80\x04\x95', pickle],
  ['\x80\x05\x95', pickle],
  ["b'", pythonBytes],
  ['b"', pythonBytes],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', workbook],
  ['PARE', notSupported('encrypted Parquet', 'Decrypt it first')],
  ['age-encryption.org/', decrypt('age', 'age -d')],
  ['-----BEGIN AGE ENCRYPTED', decrypt('age', 'age -d')],
  ['-----BEGIN PGP MESSAGE', decrypt('PGP', 'gpg -d')],
  // an encrypted session key of OpenPGP: RFC 9580 §5.1 and §5.3
  ['\x85\x01\x0c\x03', decrypt('PGP', 'gpg -d')],
  ['\x85\x02\x0c\x03', decrypt('PGP', 'gpg -d')],
  ['\x8c\x0d\x04', decrypt('PGP', 'gpg -d')],
  ['Salted__', decrypt('OpenSSL')],
  ['$ANSIBLE_VAULT', decrypt('Ansible', 'ansible-vault decrypt')],
  ['-----BEGIN ', passRecords('a key or a certificate (PEM)')],
  ['\xff\xfe\0\0', notSupported('UTF-32 text', 'Convert it first: iconv -f UTF-32 -t UTF-8')],
  ['\xff\xfe', utf16('UTF-16')],
  ['\xfe\xff', utf16('UTF-16')],
  ['\0\0\0\0\0\0\0\0', 'zeros in place of data, as a crash leaves them. Restore it from a copy'],
]

/** Inputs by patterns, each of which looks at every byte once. */
const patterns: ReadonlyArray<readonly [pattern: RegExp, reason: string]> = [
  [/^PK.{28}(?:\[Content_Types\]|xl\/|_rels\/|docProps\/)/s, workbook],
  [/^.{257}ustar/s, unpack('a tar archive', 'tar -xf')],
  [
    /^(?:\xef\xbb\xbf)?"?step"?[;\t|]/,
    notSupported('a result file with other separators than commas', 'Save it separated by commas'),
  ],
  [/^(?:\xef\xbb\xbf)?\s*<\?xml/, passRecords('an XML document')],
  // of the client before 1.0
  [/^<[A-Z]\w* [^>\n]*> JSON:/, 'an object as Python prints it. Pass what follows JSON:'],
  [/^(?:\xef\xbb\xbf)?\s*<[!a-z]/i, 'an HTML page. Pass what the API answered, as JSON'],
]

/** UTF-16 without a byte order mark: text with a zero at every other byte. */
const utf16Reason = (bytes: Uint8Array): string | undefined => {
  const isText = (at: number): boolean => {
    const byte = bytes[at] ?? 0
    return (byte > 0x1f && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d
  }
  if (bytes[1] === 0 && bytes[3] === 0 && isText(0) && isText(2)) return utf16('UTF-16LE')
  return bytes[0] === 0 && bytes[2] === 0 && isText(1) && isText(3) ? utf16('UTF-16BE') : undefined
}
