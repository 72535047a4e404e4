/** Which MessagePack is read by everyone, and which by who knows the records of msgpackr. */
import { decodeMulti, encode, ExtData } from '@msgpack/msgpack'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import * as t from 'io-ts'
import { Unpackr } from 'msgpackr'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const any = MessagePack.of(t.unknown)
const records = Array.from({ length: 600 }, (_, n) => ({ n, text: `é ${n}`, list: [n / 7, null, {}] }))
const written = (options: object) => {
  const bytes = encodeAll(any, options)(records)
  if (E.isLeft(bytes)) throw new Error(bytes.left.reason)
  return bytes.right
}

test.each([{}, { pretty: true }, { compact: false }])(
  'MessagePack is read by everyone as a sequence of values, %j',
  options => {
    expect([...decodeMulti(written(options))]).toEqual(records)
  },
)

test('MessagePack, compact, is read as extensions by everyone, and as records by who knows those of msgpackr', () => {
  const blocks = [...decodeMulti(written({ compact: true }))]
  expect(blocks.map(block => (block instanceof ExtData ? block.type : block))).toEqual([70, 70])
  const inside = blocks.flatMap(block => {
    const { data } = block as { readonly data: Uint8Array }
    // an object without keys, or one too many of its own kind, is no record
    return new Unpackr({ useRecords: true, mapsAsObjects: true }).unpack(data) as ReadonlyArray<unknown>
  })
  expect(inside).toEqual(records)
})

test('MessagePack reads a sequence of what another encoder wrote', () => {
  const sequence = Uint8Array.from(Buffer.concat(records.map(record => encode(record))))
  expect(decodeAll(any)(sequence).map(item => (item._tag === 'Record' ? item.value : item.error))).toEqual(
    records,
  )
})
