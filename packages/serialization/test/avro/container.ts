import { draw, Finite, Integer, nullable, record } from '@finetune-kit/codec'
import type { decodeAll } from '@finetune-kit/serialization'
import avsc from 'avsc'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'

export const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

/** `Obj` 1, the metadata, a marker of zeros, and blocks of (count, bytes). */
export const file = (
  schema: unknown,
  blocks: ReadonlyArray<readonly [number, Uint8Array]>,
  codec = 'null',
  marker = new Uint8Array(16),
) => {
  const long = avsc.Type.forSchema('long')
  const string = avsc.Type.forSchema('string')
  const bytes = avsc.Type.forSchema('bytes')
  const parts: ReadonlyArray<Uint8Array> = [
    Uint8Array.of(0x4f, 0x62, 0x6a, 1),
    long.toBuffer(2),
    ...['avro.schema', typeof schema === 'string' ? schema : JSON.stringify(schema), 'avro.codec', codec].map(
      text => string.toBuffer(text),
    ),
    Uint8Array.of(0),
    marker,
    ...blocks.flatMap(([count, data]) => [long.toBuffer(count), bytes.toBuffer(Buffer.from(data)), marker]),
  ]
  return Uint8Array.from(Buffer.concat(parts))
}

export const values = (items: ReadonlyArray<unknown>) =>
  (items as ReturnType<ReturnType<typeof decodeAll<unknown>>>).map(item =>
    item._tag === 'Record' ? item.value : draw(item.error),
  )

export const Point = record('Point', { x: Integer }, { label: nullable(t.string), y: Finite })

/** The schema in the header of a file. */
export const schemaIn = (bytes: Uint8Array) =>
  JSON.parse(/\{.*\}/s.exec(Buffer.from(bytes).toString('latin1'))?.[0] ?? '') as unknown
