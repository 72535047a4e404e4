/** A compression that files are wrapped in (RFC 1952, RFC 8878, RFC 7932). */
export type Compression = 'gzip' | 'zstd' | 'brotli'

const extensions: Readonly<Record<string, Compression>> = {
  '.gz': 'gzip',
  '.gzip': 'gzip',
  '.zst': 'zstd',
  '.zstd': 'zstd',
  '.br': 'brotli',
}

/** The compression that the end of a file's name tells of. */
export const compressionOf = (name: string): Compression | undefined =>
  extensions[/\.[^./\\]+$/.exec(name)?.[0].toLowerCase() ?? '']
