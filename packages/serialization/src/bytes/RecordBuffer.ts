import { maxRawBytes } from '../Format.ts'
import { concat, copyOf } from './utf8.ts'

/**
 * Collects the bytes of one record; of more than `max` bytes only the first {@link maxRawBytes} are
 * kept.
 */
export const recordBuffer = (max: number) => {
  let parts: Array<Uint8Array> = []
  let block = nothing // small parts, of which there may be very many, share memory
  let used = 0
  let kept = 0
  let size = 0
  const all = (): Uint8Array => {
    const bytes = concat([...parts, copyOf(block, 0, used)])
    parts = []
    used = 0
    return bytes
  }
  const seal = (): void => {
    if (used === 0) return
    parts.push(block.subarray(0, used))
    block = nothing
    used = 0
  }
  const put = (bytes: Uint8Array): void => {
    kept += bytes.length
    if (bytes.length > blockBytes) {
      seal()
      parts.push(copyOf(bytes))
      return
    }
    if (used + bytes.length > block.length) {
      seal()
      block = new Uint8Array(blockBytes)
    }
    block.set(bytes, used)
    used += bytes.length
  }
  return {
    /**
     * Copies the bytes: the caller may reuse its buffer. `length` is the true length if these are
     * only the first bytes.
     */
    add: (bytes: Uint8Array, length = bytes.length): void => {
      size += length
      if (size <= max || kept < maxRawBytes) put(bytes)
      if (size <= max || kept <= maxRawBytes) return
      parts = [copyOf(all(), 0, maxRawBytes)]
      kept = maxRawBytes
    },
    /** Returns the collected bytes and their true number, and empties the buffer. */
    take: (): { readonly bytes: Uint8Array; readonly size: number } => {
      const taken = { bytes: all(), size }
      kept = 0
      size = 0
      return taken
    },
  }
}

const blockBytes = 32_768
const nothing = new Uint8Array(0)
