import { draw } from '@finetune-kit/codec'
import { decodeAll, type ReaderOptions, type ReadResult } from '@finetune-kit/serialization'
import { Yaml } from '@finetune-kit/serialization/yaml'
import * as t from 'io-ts'
import * as E from '#fp-ts/Either'

export const any = Yaml.of(t.unknown)

export const read = (text: string) => E.mapLeft(draw)(any.decode(text))

export const show = (item: ReadResult<unknown>) =>
  item._tag === 'Record' ? `${item.line}@${item.offset} ${JSON.stringify(item.value)}` : draw(item.error)

export const readAll = (text: string, options?: ReaderOptions) =>
  decodeAll(any, options)(new TextEncoder().encode(text)).map(show)
