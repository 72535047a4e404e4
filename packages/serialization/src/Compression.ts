/** A compression that files are wrapped in (RFC 1952, RFC 8878, RFC 7932). */
export type Compression = 'gzip' | 'zstd' | 'brotli'

/**
 * The largest ratio of output to input of decompression, unless another is passed: above it, and
 * above {@link freeBytes} of output, compressed data counts as a decompression bomb.
 */
export const maxRatio = 400

/** The bytes of output whose ratio is not checked. */
export const freeBytes = 64 * 1024 * 1024

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
