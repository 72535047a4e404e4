import { optimalNumBytes } from 'hyparquet-writer/src/bloom.js'
import { xxHash64 } from '../../bytes/xxHash64.ts'
import { append, uint32List } from './Uint32List.ts'

/** Collects the texts of a column for a filter, by which readers skip row groups without a text. */
export interface BloomFilter {
  /** Adds texts in PLAIN: each follows its length. */
  readonly add: (texts: Uint8Array) => void
  /** Ends the filter with these texts. Without any text there is none. */
  readonly end: (texts: Uint8Array) => void
  /** Bytes of the ended filter, at most. */
  readonly byteLength: number
  /** Takes the blocks of the ended filter. */
  readonly take: () => { readonly bloomFilter?: Uint32Array }
}

/** Bytes of the header of a filter, at most. */
const headerBytes = 32

/** Rate of false positives. */
const rate = 0.01

/**
 * A split block Bloom filter (parquet-format, "BloomFilter"), sized by the number of distinct
 * texts.
 */
export const bloomFilter = (): BloomFilter => {
  const hashes = uint32List() // low and high halves
  const hash = new Int32Array(2)
  const filterOf = (texts: number) => {
    const blocks = new Uint32Array(optimalNumBytes(texts, rate) / 4)
    return { blocks, distinct: insert(blocks, hashes.values, hashes.length) }
  }
  let ended: Uint32Array | undefined
  const add = (texts: Uint8Array): void => {
    const view = new DataView(texts.buffer, texts.byteOffset, texts.byteLength)
    for (let at = 0; at < texts.length; ) {
      const start = at + 4
      at = start + view.getUint32(at, true)
      xxHash64(texts, start, at, hash)
      append(hashes, hash[0] as number)
      append(hashes, hash[1] as number)
    }
  }
  return {
    add,
    end: texts => {
      add(texts)
      if (hashes.length === 0) return
      const all = filterOf(hashes.length / 2)
      const isLarge = optimalNumBytes(all.distinct, rate) < all.blocks.byteLength
      ended = (isLarge ? filterOf(all.distinct) : all).blocks
      hashes.length = 0
    },
    get byteLength() {
      return ended === undefined ? 0 : ended.byteLength + headerBytes
    },
    take: () => {
      const taken = ended === undefined ? {} : { bloomFilter: ended }
      ended = undefined
      return taken
    },
  }
}

/** Inserts hashes, and returns the number of those that were not there. */
const insert = (blocks: Uint32Array, hashes: Uint32Array, length: number): number => {
  const shift = 32 - Math.log2(blocks.length / wordsOfBlock)
  let added = 0
  for (let i = 0; i < length; i += 2) {
    const low = hashes[i] as number
    const high = hashes[i + 1] as number
    const start = shift === 32 ? 0 : (high >>> shift) * wordsOfBlock
    let isNew = 0
    for (let word = 0; word < wordsOfBlock; word++) {
      const bit = 1 << (Math.imul(low, salts[word] as number) >>> 27)
      isNew |= bit & ~(blocks[start + word] as number)
      blocks[start + word] = (blocks[start + word] as number) | bit
    }
    if (isNew !== 0) added++
  }
  return added
}

const wordsOfBlock = 8

const salts = Int32Array.of(
  0x47b6137b,
  0x44974d91,
  0x8824ad5b,
  0xa2b7289d,
  0x705495c7,
  0x2df1424b,
  0x9efc4947,
  0x5c6bfb31,
)
