import * as E from '#fp-ts/Either'
import type { ByteRange } from './readRequests.ts'

/** The reason why a part of a file cannot be read. */
export interface Failure {
  readonly reason: string
  /** The byte that it is about, if it is not the beginning of the part. */
  readonly offset?: number
  /** Default: to fetch the file again. */
  readonly remedy?: string
}

/** Runs a reading that throws where hyparquet finds something invalid, and returns the failure. */
export function* attempt<A>(
  read: Generator<ByteRange, A, ArrayBuffer>,
): Generator<ByteRange, E.Either<Failure, A>, ArrayBuffer> {
  try {
    return E.right(yield* read)
  } catch (error) {
    return E.left(failureOf(error))
  }
}

/** An error at a byte of the file. */
export class ErrorAt extends Error {
  override readonly name = 'ErrorAt'
  readonly offset: number

  constructor(reason: string, offset: number, cause?: unknown) {
    super(reason, { cause })
    this.offset = offset
  }
}

/** An error of a row group that is larger than what is read at once. */
export class RowGroupTooLarge extends Error {
  override readonly name = 'RowGroupTooLarge'
}

/** The failure that an error stands for. */
export const failureOf = (error: unknown): Failure => {
  const remedy = remedyOf(error) ?? remedyOf(error instanceof ErrorAt ? error.cause : undefined)
  return {
    reason: reasonOf(error),
    ...(error instanceof ErrorAt ? { offset: error.offset } : {}),
    ...(remedy === undefined ? {} : { remedy }),
  }
}

const remedyOf = (error: unknown): string | undefined => {
  if (error instanceof RowGroupTooLarge) return 'Write it again in smaller row groups'
  // hyparquet's words for a page that none of our decompressors is for
  const isUnsupported = error instanceof Error && error.message.includes('unsupported compression codec')
  return isUnsupported ? 'Write it again with Snappy' : undefined
}

/**
 * The message of an error. That of a RangeError is the engine's, about a view or a length; that of
 * a TypeError as well, about a value that hyparquet takes for granted.
 */
export const reasonOf = (error: unknown): string => {
  if (error instanceof RangeError) return 'more bytes are stated than there are'
  if (error instanceof TypeError) return 'a part of the metadata is missing, or has another type'
  return error instanceof Error ? error.message : String(error)
}
