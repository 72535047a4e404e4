import { isDeepStrictEqual } from 'node:util'
import { decode, draw } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import {
  CanonicalJson,
  decodeAll,
  encodeAll,
  type Format,
  formats,
  type ReadResult,
  type RecordFormat,
} from '@finetune-kit/serialization'
import * as fc from 'fast-check'
import * as E from '#fp-ts/Either'
import { cuts, mutate, mutations, piecesOf } from '../mutate.ts'
import { codecOf, recordSpecs } from '../randomCodec.ts'
import { broken, type Target } from '../Target.ts'

const loaded: ReadonlyArray<Format> = await Promise.all(formats.map(format => format.load()))

/** A codec by its description, with some of its values. */
const samples = recordSpecs.chain(spec =>
  fc.tuple(fc.constant(spec), fc.array(Arbitrary.of(codecOf(spec)), { minLength: 1, maxLength: 4 })),
)

/** A format and its name, so that a failure prints little of it. */
const names = fc.constantFrom(...loaded.map(({ name }) => name))
const formatOf = (name: string): Format => loaded.find(format => format.name === name) as Format

/** The format of a codec, or undefined if two of its fields would have the name of one column. */
const derive = (format: Format, spec: Parameters<typeof codecOf>[0]): RecordFormat<unknown> | undefined => {
  try {
    const derived = format.of(codecOf(spec))
    derived.writer()
    return derived
  } catch (error) {
    if (error instanceof Error && error.message.includes('cannot be derived')) return undefined
    throw error
  }
}

const looks = fc.record({ compact: fc.boolean(), pretty: fc.boolean() })

/** Records that were written are read back equal. */
export const roundTrips: Target = {
  name: 'round-trips',
  runs: 60,
  property: fc.property(samples, names, looks, ([spec, values], name, look) => {
    const format = derive(formatOf(name), spec)
    if (format === undefined) return
    const written = encodeAll(format, look)(values)
    if (E.isLeft(written)) throw new Error(`${name} refused a value: ${draw(written.left)}`)
    const results = decodeAll(format)(written.right)
    const read = results.map(result => (result._tag === 'Record' ? result.value : draw(result.error)))
    const codec = codecOf(spec)
    const expected = values.map(value => {
      const kept = E.getOrElse((): unknown => 'not decoded')(decode(codec)(codec.encode(value)))
      return name === CanonicalJson.name ? withoutSign(kept) : kept
    })
    if (!isDeepStrictEqual(read, expected))
      broken(`${name} read something else`, fc.stringify(read), fc.stringify(expected))
  }),
}

/** Zero for -0, which canonical JSON lacks. */
const withoutSign = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSign)
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSign(inner)]))
}

/** Texts that every reader of text has to find its way through. */
const noise = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc
    .string({
      unit: fc.constantFrom(...Array.from('{}[]",:;\\\n\r\t data-1e.é😀&*!|>#\'\ufeff')),
      maxLength: 80,
    })
    .map(text => new TextEncoder().encode(text)),
)

const limitsOf = (size: number) => ({ maxRecordBytes: size, maxDepth: 50, maxValues: 5000 })

/** A result without the bytes of a last reject, which are those that had come by then. */
const withoutRest = (result: ReadResult<unknown>): unknown =>
  result._tag === 'Reject' && result.isFinal === true ? { ...result, raw: undefined } : result

/** No bytes make a reader throw or wait, and where they are cut changes nothing. */
export const readers: Target = {
  name: 'readers',
  runs: 100,
  property: fc.property(
    samples,
    names,
    fc.oneof({ weight: 4, arbitrary: mutations }, noise),
    cuts,
    fc.constantFrom(40, 1000, 65_536),
    ([spec, values], name, change, places, size) => {
      const format = derive(formatOf(name), spec)
      if (format === undefined) return
      const written = encodeAll(format)(values)
      if (E.isLeft(written)) return
      const bytes = change instanceof Uint8Array ? change : mutate(written.right, change)
      const options = limitsOf(size)
      const begin = performance.now()
      const whole = decodeAll(format, options)(bytes)
      for (const result of whole) if (result._tag === 'Reject') draw(result.error)
      const reader = format.reader(options)
      const found: Array<ReadResult<unknown>> = []
      for (const piece of piecesOf(bytes, places)) found.push(...reader.push(piece))
      found.push(...reader.end())
      if (!isDeepStrictEqual(found.map(withoutRest), whole.map(withoutRest)))
        broken(`${name} reads something else in pieces`, fc.stringify(found), fc.stringify(whole))
      const took = performance.now() - begin
      if (took > 20_000) broken(`${name} took ${Math.round(took)} ms for ${bytes.length} bytes`)
    },
  ),
}
