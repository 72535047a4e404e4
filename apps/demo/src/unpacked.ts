import { Compression, readFile } from '@finetune-kit/serialization/effect'
import { pipe } from 'effect/Function'
import * as Stream from 'effect/Stream'

/** The pieces of a file, unpacked if its name says that it is compressed. */
export const unpacked = (path: string): AsyncIterable<Uint8Array> => {
  const compression = Compression.ofName(path)
  const bytes = readFile(path)
  return Stream.toAsyncIterable(
    compression === undefined ? bytes : pipe(bytes, Compression.decompress(compression, path)),
  )
}
