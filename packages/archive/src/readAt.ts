import type { RandomAccessFile } from '@finetune-kit/serialization'
import { openFile } from '@finetune-kit/serialization/effect'
import * as Effect from 'effect/Effect'
import * as Stream from 'effect/Stream'

/** What is read at any place of a file, which is closed in the end; or of all the bytes of one that cannot be read so. */
export const readAt = <A>(
  file: string | Uint8Array,
  read: (file: RandomAccessFile) => AsyncIterable<A>,
): AsyncIterable<A> =>
  typeof file === 'string'
    ? Stream.unwrap(
        Effect.map(openFile(file), opened => Stream.fromAsyncIterable(read(opened), cause => cause)),
      ).pipe(Stream.toAsyncIterable)
    : read({
        byteLength: file.length,
        slice: (start, end) => new Uint8Array(file.subarray(start, end)).buffer,
      })
