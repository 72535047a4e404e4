import type { Compression } from '@finetune-kit/serialization'
import { largestWindow } from './zstdWindow.ts'

/** The most bytes that are decompressed: a small file can claim to hold any number. */
export const maxBytes = 256 * 1024 * 1024

/** The largest window of Zstandard data. Node and zstd have the same limit. */
const maxWindow = 128 * 1024 * 1024

/** The decompressed bytes, or the reason why there are none. */
export type Decompressed =
  | { readonly _tag: 'Bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly _tag: 'Refused'; readonly reason: string }

/** Decompresses in the browser. Zstandard by a decoder that is loaded when it is first needed. */
export const decompress = async (
  compression: Compression,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Decompressed> => {
  if (compression === 'brotli')
    return refused('brotli data, which browsers do not decompress for pages. Unpack it first: brotli -d')
  if (compression === 'zstd' && largestWindow(bytes) > maxWindow)
    return refused(
      `zstd data that takes a window of more than ${maxWindow / 2 ** 20} MiB. Unpack it first: zstd -d --long=31`,
    )
  const chunks = collect()
  try {
    await (compression === 'gzip' ? gunzip : unzstd)(bytes, chunks.add)
  } catch (error) {
    if (error === tooLong)
      return refused(`more than ${maxBytes / 2 ** 20} MiB when unpacked. Use finetune validate`)
    return refused(`damaged ${compression} data. Copy or download it again`)
  }
  return { _tag: 'Bytes', bytes: chunks.all() }
}

const refused = (reason: string): Decompressed => ({ _tag: 'Refused', reason })

const tooLong = new RangeError('too long')

const collect = () => {
  const chunks: Array<Uint8Array> = []
  let size = 0
  return {
    add: (chunk: Uint8Array): void => {
      size += chunk.length
      if (size > maxBytes) throw tooLong
      chunks.push(chunk)
    },
    all: (): Uint8Array<ArrayBuffer> => {
      const all = new Uint8Array(size)
      let at = 0
      for (const chunk of chunks) {
        all.set(chunk, at)
        at += chunk.length
      }
      return all
    },
  }
}

type Decoder = (bytes: Uint8Array<ArrayBuffer>, add: (chunk: Uint8Array) => void) => Promise<void>

/** A browser takes one member of gzip data, and calls those after it damage: each is passed alone. */
const gunzip: Decoder = async (bytes, add) => {
  // most data is one member, and a Parquet file in it can look like many
  if (await addMember(bytes, add)) return
  let from = 0
  let misses = 0
  for (const to of memberEnds(bytes)) {
    if (await addMember(bytes.subarray(from, to), add)) {
      from = to
      misses = 0
    } else if (++misses > maxMisses) break
  }
  if (from < bytes.length) throw new Error('damaged')
}

/** The ends that a member may have: compressed data looks like the start of another one rarely. */
function* memberEnds(bytes: Uint8Array): Generator<number> {
  for (let at = bytes.indexOf(0x1f, 1); at > 0; at = bytes.indexOf(0x1f, at + 1))
    if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && (bytes[at + 3] as number) < 0x20) yield at
  yield bytes.length
}

/** The most ends of a member that are tried in vain: each costs as much as the member. */
const maxMisses = 16

/** Decompresses one member, and adds what it holds; false if these bytes are not one. */
const addMember = async (
  bytes: Uint8Array<ArrayBuffer>,
  add: (chunk: Uint8Array) => void,
): Promise<boolean> => {
  const member = collect()
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      member.add(value)
    }
  } catch (error) {
    if (error === tooLong) throw error
    return false
  }
  add(member.all())
  return true
}

const unzstd: Decoder = async (bytes, add) => {
  const { Decompress } = await import('fzstd')
  const decoder = new Decompress(chunk => add(chunk))
  // small pushes: each block is checked before the next one is decoded
  for (let at = 0; at < bytes.length; at += pushed) decoder.push(bytes.subarray(at, at + pushed))
  decoder.push(new Uint8Array(0), true)
}

const pushed = 16 * 1024
