import type { RandomAccessFile, ReadResult } from '../../Format.ts'

/** A range of bytes that reading needs next. */
export interface ByteRange {
  readonly _tag: 'ByteRange'
  readonly start: number
  readonly end: number
}

/**
 * Reads a file in steps: each is a result, or a request for bytes that the caller answers. It
 * serves files in memory and files that are read asynchronously.
 */
export type ReadRequests<A, R = void> = Generator<ByteRange | ReadResult<A>, R, ArrayBuffer>

/** Requests a range of bytes. */
export function* request(start: number, end: number): Generator<ByteRange, ArrayBuffer, ArrayBuffer> {
  return yield { _tag: 'ByteRange', start, end }
}

const noBytes = new ArrayBuffer(0)

/** Reads what is in memory. */
export function* fromMemory<A>(
  steps: ReadRequests<A>,
  slice: (start: number, end: number) => ArrayBuffer,
): Generator<ReadResult<A>> {
  for (let step = steps.next(noBytes); step.done !== true; ) {
    const { value } = step
    if (value._tag === 'ByteRange') step = steps.next(slice(value.start, value.end))
    else {
      yield value
      step = steps.next(noBytes)
    }
  }
}

/** Reads asynchronously. A failing read is thrown into the steps, which keep its message. */
export async function* fromFile<A>(
  steps: ReadRequests<A>,
  file: RandomAccessFile,
): AsyncGenerator<ReadResult<A>> {
  for (let step = steps.next(noBytes); step.done !== true; ) {
    const { value } = step
    if (value._tag !== 'ByteRange') {
      yield value
      step = steps.next(noBytes)
      continue
    }
    let bytes: ArrayBuffer
    try {
      bytes = await file.slice(value.start, value.end)
    } catch (error) {
      step = steps.throw(new Error(error instanceof Error ? error.message : String(error), { cause: error }))
      continue
    }
    step = steps.next(bytes)
  }
}
