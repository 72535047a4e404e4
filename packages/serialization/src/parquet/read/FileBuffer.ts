/** Buffers a file that arrives from its beginning and is read from its end. */
export interface FileBuffer {
  readonly byteLength: number
  /** True if there were more bytes than may be kept; then none are. */
  readonly isTooLong: boolean
  readonly add: (chunk: Uint8Array) => void
  readonly slice: (start: number, end: number) => ArrayBuffer
}

const blockBytes = 64 * 1024

/** Keeps up to `max` bytes; of a file that does not begin with `magic` no more than shows that. */
export const fileBuffer = (magic: ReadonlyArray<number>, max: number): FileBuffer => {
  let blocks: Array<Uint8Array> = []
  let size = 0
  let isTooLong = false
  const isOther = () => size >= magic.length && magic.some((byte, i) => byte !== blocks[0]?.[i])
  return {
    get byteLength() {
      return size
    },
    get isTooLong() {
      return isTooLong
    },
    add: chunk => {
      if (isTooLong || isOther()) return
      if (size + chunk.length > max) {
        isTooLong = true
        blocks = []
        return
      }
      for (let from = 0; from < chunk.length; ) {
        const at = size % blockBytes
        if (at === 0) blocks.push(new Uint8Array(blockBytes))
        const part = chunk.subarray(from, from + blockBytes - at)
        blocks.at(-1)?.set(part, at)
        from += part.length
        size += part.length
      }
    },
    slice: (start, end) => {
      const bytes = new Uint8Array(end - start)
      for (let at = start; at < end; ) {
        const from = at % blockBytes
        const part = blocks[(at - from) / blockBytes]?.subarray(from, from + end - at)
        if (part === undefined) throw new Error(`the file ends before byte ${end}`)
        bytes.set(part, at - start)
        at += part.length
      }
      return bytes.buffer
    },
  }
}
