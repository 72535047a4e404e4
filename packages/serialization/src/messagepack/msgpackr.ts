import { type EncodeError, unencodable } from '@finetune-kit/codec'
import { addExtension, Packr } from 'msgpackr'
import * as E from '#fp-ts/Either'
import { NegativeZero } from './plain.ts'

// a double of its own: the negative zero of IEEE 754
const negativeZero = [0xcb, 0x80, 0, 0, 0, 0, 0, 0, 0]
addExtension({
  Class: NegativeZero,
  type: 1,
  pack: ((_: unknown, allocate: (size: number) => { target: Uint8Array; position: number }) => {
    const { target, position } = allocate(negativeZero.length)
    target.set(negativeZero, position)
  }) as never,
})

const packr = new Packr({ useRecords: false })
const recordPackr = new Packr({ useRecords: true })

/** The bytes of a value; `asRecords` for those of a block. */
export const pack = (value: unknown, asRecords: boolean): E.Either<EncodeError, Uint8Array> => {
  try {
    // a copy: msgpackr gives a part of the buffer that it will write the next value to
    return E.right(Uint8Array.from((asRecords ? recordPackr : packr).pack(value)))
  } catch (error) {
    return E.left(unencodable([], (error as Error).message))
  }
}
