import { Canonical, type EncodeError, unencodable } from '@finetune-kit/codec'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { defaultLimits, type RecordFormat, type ValueFormat, type FormatOfValues } from '../Format.ts'
import { hasManyBrackets, isDeeper, tooDeep } from './depth.ts'
import { encodeJson } from './encodeJson.ts'
import { pooledEncoder } from '../bytes/pooledEncoder.ts'
import { itemReader, valueReader } from './Json.ts'

const of = <A, O>(codec: t.Type<A, O>): RecordFormat<A> & ValueFormat<A, string> => ({
  encode: a => encode(codec.encode(a)),
  decode: valueReader(codec, name),
  reader: itemReader(codec, name),
  writer: () => {
    const toBytes = pooledEncoder()
    let before = '['
    return {
      push: a =>
        E.map((text: string) => {
          const bytes = toBytes(before + text)
          before = ','
          return bytes
        })(encode(codec.encode(a))),
      end: () => toBytes(before === '[' ? '[]' : ']'),
    }
  },
})

const name = 'canonical JSON'

/**
 * Encodes a value. A key whose value is `undefined` is absent, as in all formats; to `Canonical` it
 * is no JSON value.
 */
const encode = (value: unknown): E.Either<EncodeError, string> => {
  const text = Canonical.stringify(value)
  if (E.isRight(text))
    return hasManyBrackets(text.right, defaultLimits.maxDepth) && isDeeper(value, defaultLimits.maxDepth)
      ? E.left(unencodable([], tooDeep(defaultLimits.maxDepth)))
      : text
  const json = encodeJson(value)
  if (E.isLeft(json)) return json
  const present = readAny(json.right)
  return E.isLeft(present) ? text : Canonical.stringify(present.right)
}

const readAny = valueReader(t.unknown, name)

/**
 * Canonical JSON (RFC 8785, "JCS"): equal values have equal bytes, for signing, hashing and
 * comparing. Reads all JSON. Many records are one list, itself canonical. -0 is written as `0`, as
 * the standard requires (§3.2.2.3): the only loss of this format. Lone surrogates are refused
 * (§3.2.2.2).
 *
 * @example
 * CanonicalJson.of(t.unknown).encode({ b: [1e30, -0], a: 'é' }) // => either.right('{"a":"é","b":[1e+30,0]}')
 */
export const CanonicalJson: FormatOfValues<string> = {
  name,
  extensions: [],
  mediaType: 'application/json',
  needsSchema: false,
  isRandomAccess: false,
  isManyRecord: false,
  of,
}
