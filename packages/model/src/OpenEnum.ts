import { annotate } from '@finetune-kit/codec'
import * as t from 'io-ts'

export const OpenEnum = (_name: string, known: ReadonlyArray<string>): t.Type<string> =>
  annotate(t.string, { known })
