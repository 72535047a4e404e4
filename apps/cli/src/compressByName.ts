import { inputName } from '@finetune-kit/archive'
import { Compression, type FileError } from '@finetune-kit/serialization/effect'
import type * as Stream from 'effect/Stream'

/** Compresses the bytes of a file whose name asks for it: `.gz`, `.zst` or `.br`. */
export const compressByName =
  (path: string) =>
  <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<Uint8Array, E | FileError, R> => {
    const compression = Compression.ofName(path)
    return compression === undefined ? bytes : Compression.compress(compression, inputName(path))(bytes)
  }
