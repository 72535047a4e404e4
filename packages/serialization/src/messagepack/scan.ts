import type { ReaderOptions } from '../Format.ts'
import { textOf } from '../bytes/utf8.ts'
import { tooManyValues } from '../json/walkJson.ts'
import { type Head, readHead } from './head.ts'

/**
 * The reason why the next value cannot be found. `at` counts from the start of the scan.
 */
export interface Flaw extends Problem {
  readonly _tag: 'Flaw'
}

/** The first part of a value without a JSON equivalent. */
export interface Problem {
  readonly at: number
  readonly reason: string
}

/** A whole value. */
export interface Scanned {
  readonly _tag: 'Scanned'
  readonly end: number
  readonly problem?: Problem
}

/** Number of elements that are still to come; for a map, of its keys and values. */
interface Frame {
  left: number
  readonly isMap: boolean
}

/**
 * Makes a scanner. It skips a value without building anything, so nothing is allocated for the
 * lengths that a head claims. Called again with more bytes of the value, it continues where it
 * stopped. What JSON has no value for has a known length and is skipped as well.
 */
export const scanner = ({
  maxDepth,
  maxRecordBytes,
  maxValues,
}: Required<Pick<ReaderOptions, 'maxDepth' | 'maxRecordBytes' | 'maxValues'>>) => {
  const head: Head = { kind: 'none', size: 0, length: 0 }
  const frames: Array<Frame> = []
  let at = 0
  let values = 0
  let problem: Problem | undefined

  const flaw = (reason: string): Flaw => ({ _tag: 'Flaw', at, reason })
  const whole = (): Scanned => ({ _tag: 'Scanned', end: at, ...(problem && { problem }) })

  /** Skips the head of a value and its bytes, and returns why that cannot be, if so. */
  const skip = (bytes: Uint8Array): Flaw | 'more' | undefined => {
    const { kind, size, length } = head
    if (kind === 'none') return flaw(`no value begins with the byte 0x${(bytes[at] ?? 0).toString(16)}`)
    if (kind === 'array' || kind === 'map') {
      at += size
      if (length === 0) return undefined
      if (frames.length >= maxDepth) return flaw(`nested more than ${maxDepth} levels deep`)
      const left = kind === 'map' ? 2 * length : length
      frames.push({ left, isMap: kind === 'map' })
      return at + left > maxRecordBytes ? flaw(`a record longer than ${maxRecordBytes} bytes`) : undefined
    }
    const end = at + size + length
    if (end > maxRecordBytes) return flaw(`a record longer than ${maxRecordBytes} bytes`)
    if (end > bytes.length) return 'more'
    if (kind === 'text' && !isUtf8(bytes, at + size, end))
      problem ??= { at, reason: 'a text that is not UTF-8' }
    at = end
    return undefined
  }

  return (bytes: Uint8Array): Scanned | Flaw | 'more' => {
    while (at < bytes.length) {
      const top = frames.at(-1)
      const isKey = top !== undefined && top.isMap && top.left % 2 === 0
      if (!readHead(bytes, at, head)) return 'more'
      const begin = at
      const refused = skip(bytes)
      if (refused !== undefined) return refused
      const reason =
        isKey && head.kind !== 'text' ? 'a key that is not a string' : withoutJson(head, bytes, begin)
      if (reason !== undefined) problem ??= { at: begin, reason }
      if (!isKey && ++values > maxValues) problem ??= { at: begin, reason: tooManyValues(maxValues) }
      if (top !== undefined) top.left--
      while (frames.at(-1)?.left === 0) frames.pop()
      if (frames.length === 0) return whole()
    }
    return 'more'
  }
}

/** The reason that a value is not one of JSON, by its head. */
const withoutJson = ({ kind, size }: Head, bytes: Uint8Array, at: number): string | undefined => {
  switch (kind) {
    case 'bytes':
      return 'bytes, without a JSON equivalent'
    case 'unsafe':
      return 'an integer that cannot be held exactly'
    case 'infinite':
      return 'a number that is not finite, without a JSON equivalent'
    case 'extension':
      return `an extension of type ${bytes[at + size - 1]}, without a JSON equivalent`
    default:
      return undefined
  }
}

const isUtf8 = (bytes: Uint8Array, from: number, to: number): boolean => {
  for (let i = from; i < to; i++)
    if ((bytes[i] as number) >= 0x80) return textOf(bytes.subarray(i, to)) !== undefined
  return true
}
