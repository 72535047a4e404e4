/**
 * XXH64 with seed 0 (xxHash, "xxhash_spec.md"), in halves of 32 bits: in BigInts it takes fifteen
 * times as long.
 */

/** Low and high halves of numbers modulo 2^64, one after the other. */
const n = new Int32Array(14)

/** Places of numbers: the hash, what is mixed in, and the first of four lanes. */
const [hash, mixed, word, lane] = [0, 2, 4, 6]

const [l1, h1] = [0x85ebca87 | 0, 0x9e3779b1 | 0]
const [l2, h2] = [0x27d4eb4f | 0, 0xc2b2ae3d | 0]
const [l3, h3] = [0x9e3779f9 | 0, 0x165667b1 | 0]
const [l4, h4] = [0xc2b2ae63 | 0, 0x85ebca77 | 0]
const [l5, h5] = [0x165667c5 | 0, 0x27d4eb2f | 0]

/** Writes the hash of a range of bytes into `to`: its low half, and its high half. */
export const xxHash64 = (bytes: Uint8Array, from: number, to: number, out: Int32Array): void => {
  let at = from
  if (to - from < 32) set(hash, l5, h5)
  else {
    set(lane, l1, h1)
    add(lane, l2, h2)
    set(lane + 2, l2, h2)
    set(lane + 4, 0, 0)
    set(lane + 6, -l1, ~h1)
    for (; at + 32 <= to; at += 32)
      for (let i = 0; i < 8; i += 2) round(lane + i, wordAt(bytes, at + 4 * i), wordAt(bytes, at + 4 * i + 4))
    set(hash, 0, 0)
    for (const [i, bits] of [1, 7, 12, 18].entries()) {
      copy(mixed, lane + 2 * i)
      rotate(mixed, bits)
      add(hash, low(mixed), high(mixed))
    }
    for (let i = 0; i < 8; i += 2) {
      mix(low(lane + i), high(lane + i))
      multiply(hash, l1, h1)
      add(hash, l4, h4)
    }
  }
  add(hash, to - from, 0)
  for (; at + 8 <= to; at += 8) {
    mix(wordAt(bytes, at), wordAt(bytes, at + 4))
    rotate(hash, 27)
    multiply(hash, l1, h1)
    add(hash, l4, h4)
  }
  if (at + 4 <= to) {
    set(mixed, wordAt(bytes, at), 0)
    multiply(mixed, l1, h1)
    xor(hash, low(mixed), high(mixed))
    rotate(hash, 23)
    multiply(hash, l2, h2)
    add(hash, l3, h3)
    at += 4
  }
  for (; at < to; at++) {
    set(mixed, bytes[at] as number, 0)
    multiply(mixed, l5, h5)
    xor(hash, low(mixed), high(mixed))
    rotate(hash, 11)
    multiply(hash, l1, h1)
  }
  xor(hash, high(hash) >>> 1, 0)
  multiply(hash, l2, h2)
  xor(hash, (low(hash) >>> 29) | (high(hash) << 3), high(hash) >>> 29)
  multiply(hash, l3, h3)
  xor(hash, high(hash), 0)
  out[0] = low(hash)
  out[1] = high(hash)
}

const low = (at: number): number => n[at] as number
const high = (at: number): number => n[at + 1] as number

const set = (at: number, low: number, high: number): void => {
  n[at] = low
  n[at + 1] = high
}

const copy = (to: number, at: number): void => set(to, low(at), high(at))

const xor = (at: number, l: number, h: number): void => set(at, low(at) ^ l, high(at) ^ h)

const add = (at: number, l: number, h: number): void => {
  const sum = (low(at) >>> 0) + (l >>> 0)
  set(at, sum | 0, (high(at) + h + (sum > 0xffffffff ? 1 : 0)) | 0)
}

/** Rotates by fewer than 32 bits. */
const rotate = (at: number, bits: number): void => {
  const l = low(at)
  const h = high(at)
  set(at, (l << bits) | (h >>> (32 - bits)), (h << bits) | (l >>> (32 - bits)))
}

const multiply = (at: number, l: number, h: number): void => {
  const own = low(at)
  const a = own & 0xffff
  const b = own >>> 16
  const c = l & 0xffff
  const d = l >>> 16
  const first = Math.imul(a, c) >>> 0
  const second = (Math.imul(b, c) >>> 0) + (first >>> 16)
  const third = (Math.imul(a, d) >>> 0) + (second & 0xffff)
  const carried = Math.imul(b, d) + (second >>> 16) + (third >>> 16)
  set(
    at,
    ((third & 0xffff) << 16) | (first & 0xffff),
    (carried + Math.imul(high(at), l) + Math.imul(own, h)) | 0,
  )
}

/** Mixes a word into a lane. */
const round = (at: number, l: number, h: number): void => {
  set(word, l, h)
  multiply(word, l2, h2)
  add(at, low(word), high(word))
  rotate(at, 31)
  multiply(at, l1, h1)
}

/** Mixes a word, in a lane of its own, into the hash. */
const mix = (l: number, h: number): void => {
  set(mixed, 0, 0)
  round(mixed, l, h)
  xor(hash, low(mixed), high(mixed))
}

const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) |
  ((bytes[at + 1] as number) << 8) |
  ((bytes[at + 2] as number) << 16) |
  ((bytes[at + 3] as number) << 24)
