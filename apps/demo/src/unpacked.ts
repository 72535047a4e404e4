import type { Compression } from '@finetune-kit/serialization'
import { Compression as Packing, type FileTrouble } from '@finetune-kit/serialization/effect'
import * as Stream from 'effect/Stream'

/** The pieces of a compressed input, unpacked. */
export const unpacked = (
  pieces: AsyncIterable<Uint8Array>,
  compression: Compression,
  name: string,
): AsyncIterable<Uint8Array> =>
  Stream.fromAsyncIterable(pieces, error => error as FileTrouble).pipe(
    Packing.decompress(compression, name),
    Stream.toAsyncIterable,
  )
