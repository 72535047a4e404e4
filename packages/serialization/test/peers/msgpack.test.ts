/** Another decoder reads our MessagePack, and the other way round. */
import { decodeMulti, encode } from '@msgpack/msgpack'
import { decodeAll, encodeAll } from '@finetune-kit/serialization'
import { MessagePack } from '@finetune-kit/serialization/messagepack'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'

const any = MessagePack.of(t.unknown)
const records = Array.from({ length: 600 }, (_, n) => ({ n, text: `é ${n}`, list: [n / 7, null, {}] }))
const written = (options: object) => {
  const bytes = encodeAll(any, options)(records)
  if (E.isLeft(bytes)) throw new Error(bytes.left.reason)
  return bytes.right
}

test.each([{}, { pretty: true }, { compact: true }])(
  'MessagePack is read by everyone as a sequence of values, %j',
  options => {
    expect([...decodeMulti(written(options))]).toEqual(records)
  },
)

test('MessagePack reads a sequence of what another encoder wrote', () => {
  const sequence = Uint8Array.from(Buffer.concat(records.map(record => encode(record))))
  expect(decodeAll(any)(sequence).map(item => (item._tag === 'Record' ? item.value : item.error))).toEqual(
    records,
  )
})
