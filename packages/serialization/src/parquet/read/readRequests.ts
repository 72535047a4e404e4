import type { RandomAccessFile, ReadResult } from '../../Format.ts'

/** A part of the file, in bytes, that reading cannot go on without. */
export interface ByteRange {
  readonly _tag: 'Span'
  readonly start: number
  readonly end: number
}

/**
 * Reading a file in steps: items, and the parts that it asks for, which it is given. Written once, for files in memory and for
 * those that are waited for.
 */
export type ReadRequests<A> = Generator<ByteRange | ReadResult<A>, void, ArrayBuffer>

/** Asks for a part of the file. */
export function* ask(start: number, end: number): Generator<ByteRange, ArrayBuffer, ArrayBuffer> {
  return yield { _tag: 'Span', start, end }
}

const nothing = new ArrayBuffer(0)

/** Reads what is in memory. */
export function* fromMemory<A>(
  steps: ReadRequests<A>,
  slice: (start: number, end: number) => ArrayBuffer,
): Generator<ReadResult<A>> {
  for (let step = steps.next(nothing); step.done !== true; ) {
    const { value } = step
    if (value._tag === 'Span') step = steps.next(slice(value.start, value.end))
    else {
      yield value
      step = steps.next(nothing)
    }
  }
}

/** Reads a file that is waited for; where a part of it cannot be had, that is thrown into the reading. */
export async function* fromFile<A>(
  steps: ReadRequests<A>,
  file: RandomAccessFile,
): AsyncGenerator<ReadResult<A>> {
  for (let step = steps.next(nothing); step.done !== true; ) {
    const { value } = step
    if (value._tag !== 'Span') {
      yield value
      step = steps.next(nothing)
      continue
    }
    let bytes: ArrayBuffer
    try {
      bytes = await file.slice(value.start, value.end)
    } catch (error) {
      step = steps.throw(error)
      continue
    }
    step = steps.next(bytes)
  }
}
