import * as fc from 'fast-check'

/** A change of bytes: where, what, and how. */
export type Mutation = readonly [at: number, byte: number, how: 'set' | 'insert' | 'cut' | 'repeat' | 'flip']

/** Up to a few changes; often none, so that valid input is tried as well. */
export const mutations: fc.Arbitrary<ReadonlyArray<Mutation>> = fc.array(
  fc.tuple(
    fc.nat(),
    fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x22, 0x2c, 0x0a, 0x7b, 0x5d)),
    fc.constantFrom('set', 'insert', 'cut', 'repeat', 'flip'),
  ),
  { maxLength: 4 },
)

export const mutate = (bytes: Uint8Array, changes: ReadonlyArray<Mutation>): Uint8Array => {
  let all = Buffer.from(bytes)
  for (const [where, byte, how] of changes) {
    const at = where % (all.length + 1)
    const [before, after] = [all.subarray(0, at), all.subarray(at)]
    const length = byte % 32
    if (how === 'set') all = Buffer.concat([before, Uint8Array.of(byte), after.subarray(1)])
    else if (how === 'insert') all = Buffer.concat([before, Uint8Array.of(byte), after])
    else if (how === 'cut') all = Buffer.concat([before, after.subarray(length)])
    else if (how === 'repeat') all = Buffer.concat([before, after.subarray(0, length), after])
    else if (at < all.length) all[at] = (all[at] as number) ^ (1 << (byte % 8))
  }
  return Uint8Array.from(all)
}

/** The places of cuts, as fractions of the whole. */
export const cuts: fc.Arbitrary<ReadonlyArray<number>> = fc.oneof(
  fc.array(fc.nat(), { maxLength: 5 }),
  fc.array(fc.nat(), { minLength: 20, maxLength: 60 }),
)

/** The chunks of some bytes, cut at these places; some are empty. */
export const piecesOf = (bytes: Uint8Array, places: ReadonlyArray<number>): ReadonlyArray<Uint8Array> => {
  const at = places.map(place => place % (bytes.length + 1)).toSorted((a, b) => a - b)
  return [0, ...at].map((from, i) => bytes.slice(from, at[i] ?? bytes.length))
}
