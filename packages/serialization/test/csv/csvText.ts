import { draw } from '@finetune-kit/codec'
import { Csv, decodeAll, type ReadResult } from '@finetune-kit/serialization'
import * as t from 'io-ts'

export const bytes = (text: string) => new TextEncoder().encode(text)

export const show = (item: ReadResult<unknown>) =>
  item._tag === 'Record'
    ? `${item.line}@${item.offset} ${JSON.stringify(item.value)}`
    : `${item.isFinal ? 'rest: ' : ''}${draw(item.error, 'in')}`

export const values = (text: string) =>
  decodeAll(Csv.of(t.unknown))(bytes(text)).map(item => item._tag === 'Record' && item.value)
