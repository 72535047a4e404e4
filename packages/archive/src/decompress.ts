import type { Compression } from '@finetune-kit/serialization'
import { Compression as Packing, type FileError } from '@finetune-kit/serialization/effect'
import * as Stream from 'effect/Stream'

/** The pieces of a compressed input, unpacked. */
export const decompress = (
  pieces: AsyncIterable<Uint8Array>,
  compression: Compression,
  name: string,
): AsyncIterable<Uint8Array> =>
  Stream.fromAsyncIterable(pieces, error => error as FileError).pipe(
    Packing.decompress(compression, name),
    Stream.toAsyncIterable,
  )
