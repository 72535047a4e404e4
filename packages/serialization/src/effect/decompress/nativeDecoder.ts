import type { Transform } from 'node:stream'

/** A decoder of the runtime, fed one chunk after the other. */
export interface NativeDecoder {
  /** Yields the output of a chunk, also what came before an error. */
  readonly push: (chunk: Uint8Array) => AsyncGenerator<Uint8Array, PushResult>
  readonly close: () => void
}

export interface PushResult {
  /**
   * Number of bytes taken; fewer than the chunk has where the compressed data ends in it. With an
   * error, those known to be good.
   */
  readonly consumed: number
  readonly error: string | undefined
}

/** A stream of `node:zlib`. */
type Native = Transform & {
  /** Number of input bytes consumed. */
  readonly bytesWritten: number
}

/**
 * A decoder on streams of `node:zlib`. One that fails loses its last output, up to 16 KiB: that is
 * decoded again in small parts, unless the data before it is longer than 1 MiB.
 *
 * @param make - makes a stream with a `finishFlush` that takes cut data, because runtimes differ in
 * whether they report it
 */
export const nativeDecoder = (make: () => Native): NativeDecoder => {
  const decoder = feed(make())
  let given = 0
  let size = 0
  let before: Array<Uint8Array> = []
  return {
    push: async function* (chunk) {
      const output = decoder.push(chunk)
      for (;;) {
        const next = await output.next()
        if (next.done !== true) {
          given += next.value.length
          yield next.value
          continue
        }
        const { error } = next.value
        const isHeld = size + chunk.length <= maxReplay
        if (error !== undefined) {
          const chunks = [...before, ...inParts(chunk)]
          const good = isHeld ? yield* replay(feed(make()), chunks, given) : size
          return { consumed: good - size, error }
        }
        size += chunk.length
        if (isHeld) before.push(chunk.slice())
        else before = []
        return next.value
      }
    },
    close: decoder.close,
  }
}

const maxReplay = 1024 * 1024
const partBytes = 16

const inParts = (chunk: Uint8Array): ReadonlyArray<Uint8Array> =>
  Array.from({ length: Math.ceil(chunk.length / partBytes) }, (_, i) =>
    chunk.subarray(i * partBytes, (i + 1) * partBytes),
  )

/**
 * Decodes again up to the error, and yields the output after what was given. Returns the number of
 * bytes before the part with the error.
 */
async function* replay(
  { push, close }: NativeDecoder,
  chunks: ReadonlyArray<Uint8Array>,
  given: number,
): AsyncGenerator<Uint8Array, number> {
  let skipped = 0
  let good = 0
  try {
    for (const chunk of chunks) {
      const output = push(chunk)
      for (;;) {
        const next = await output.next()
        if (next.done === true) {
          if (next.value.error !== undefined) return good
          break
        }
        const skip = Math.min(given - skipped, next.value.length)
        skipped += skip
        if (skip < next.value.length) yield next.value.subarray(skip)
      }
      good += chunk.length
    }
    return good
  } finally {
    close()
  }
}

const feed = (inner: Native): NativeDecoder => {
  let error: Error | undefined
  let wake: (() => void) | undefined
  inner.on('error', cause => {
    error = cause
    wake?.()
  })
  for (const event of ['readable', 'end', 'close']) inner.on(event, () => wake?.())
  return {
    push: async function* (chunk) {
      const before = inner.bytesWritten
      let isTaken = false
      inner.write(chunk, () => {
        isTaken = true
        wake?.()
      })
      for (;;) {
        const output = inner.read() as Uint8Array | null
        if (output !== null) yield output
        else if (isTaken || error !== undefined || inner.readableEnded) break
        else await new Promise<void>(resume => (wake = resume))
      }
      return { consumed: inner.bytesWritten - before, error: error?.message }
    },
    close: () => void inner.destroy(),
  }
}
