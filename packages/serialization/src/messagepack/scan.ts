import type { ReaderOptions } from '../Format.ts'
import { textOf } from '../bytes/utf8.ts'
import { type Head, readHead } from './head.ts'

/**
 * The reason why bytes are no MessagePack value with a JSON equivalent. `at` counts from the start
 * of the scan.
 */
export interface Flaw {
  readonly _tag: 'Flaw'
  readonly at: number
  readonly reason: string
}

/** A whole value. */
export interface Scanned {
  readonly _tag: 'Scanned'
  readonly end: number
}

/** Number of elements that are still to come; for a map, of its keys and values. */
interface Frame {
  left: number
  readonly isMap: boolean
}

/**
 * Makes a scanner. It skips a value without building anything, so nothing is allocated for the
 * lengths that a head claims. Called again with more bytes of the value, it continues where it
 * stopped.
 */
export const scanner = ({
  maxDepth,
  maxRecordBytes,
}: Required<Pick<ReaderOptions, 'maxDepth' | 'maxRecordBytes'>>) => {
  const head: Head = { kind: 'none', size: 0, length: 0 }
  const frames: Array<Frame> = []
  let at = 0

  const flaw = (reason: string): Flaw => ({ _tag: 'Flaw', at, reason })
  const whole = (): Scanned => ({ _tag: 'Scanned', end: at })
  const tooLong = `a record longer than ${maxRecordBytes} bytes`
  const open = (left: number, isMap: boolean): string | undefined => {
    if (frames.length >= maxDepth) return `nested more than ${maxDepth} levels deep`
    frames.push({ left, isMap })
    return at + left > maxRecordBytes ? tooLong : undefined
  }

  return (bytes: Uint8Array): Scanned | Flaw | 'more' => {
    while (at < bytes.length) {
      const top = frames.at(-1)
      const isKey = top !== undefined && top.isMap && top.left % 2 === 0
      if (!readHead(bytes, at, head)) return 'more'
      const { kind, size, length } = head
      if (isKey && kind !== 'text') return flaw('a key that is not a string')
      let refused: string | undefined
      switch (kind) {
        case 'none':
          return flaw(`no value begins with the byte 0x${(bytes[at] ?? 0).toString(16)}`)
        case 'bytes':
          return flaw('bytes, without a JSON equivalent')
        case 'unsafe':
          return flaw('an integer that cannot be held exactly')
        case 'text': {
          const end = at + size + length
          if (end > maxRecordBytes) return flaw(tooLong)
          if (end > bytes.length) return 'more'
          if (!isUtf8(bytes, at + size, end)) return flaw('a text that is not UTF-8')
          at = end
          break
        }
        case 'extension':
          return flaw(`an extension of type ${bytes[at + size - 1]}, without a JSON equivalent`)
        case 'scalar':
          at += size
          break
        case 'array':
        case 'map':
          at += size
          if (length > 0) refused = open(kind === 'map' ? 2 * length : length, kind === 'map')
      }
      if (refused !== undefined) return flaw(refused)
      if (top !== undefined) top.left--
      while (frames.at(-1)?.left === 0) frames.pop()
      if (frames.length === 0) return whole()
    }
    return 'more'
  }
}

const isUtf8 = (bytes: Uint8Array, from: number, to: number): boolean => {
  for (let i = from; i < to; i++)
    if ((bytes[i] as number) >= 0x80) return textOf(bytes.subarray(i, to)) !== undefined
  return true
}
