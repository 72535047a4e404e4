import { draw, Integer, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import type { Reject } from './Format.ts'
import { textOf } from './bytes/utf8.ts'

/** A record that could not be read (or written), as it is kept aside: an archive of them is written and read by any format. */
export const DeadLetter = record(
  'DeadLetter',
  {
    /** What is wrong with it, for people. */
    error: t.string,
    /** The record as it was: as text, or in base64 when its bytes are not UTF-8. */
    raw: t.string,
    /** How `raw` is to be read. */
    encoding: t.keyof({ 'utf-8': null, base64: null }),
  },
  {
    /** Where the record begins in its input, in bytes from 0. */
    offset: Integer,
    /** The line that it begins at, from 1, of formats that are text. */
    line: Integer,
    /** Of one that could be read and not be written: which one of those to be written it is, from 0. */
    index: Integer,
    /** How many records are lost in it, when it is not one. */
    records: Integer,
    /** The file it was read from. */
    source: t.string,
  },
)
export interface DeadLetter extends t.TypeOf<typeof DeadLetter> {}

/** The letter for a reject. `redact` sees every text of it, to take secrets out. */
export const toDeadLetter = (
  reject: Reject,
  source?: string,
  redact: (text: string) => string = text => text,
): DeadLetter => {
  const text = textOf(reject.raw)
  return {
    ...(source === undefined ? {} : { source }),
    ...(reject.line === undefined ? {} : { line: reject.line }),
    offset: reject.offset,
    ...(reject.records === undefined ? {} : { records: reject.records }),
    error: redact(draw(reject.error)),
    ...(text === undefined
      ? { encoding: 'base64', raw: base64(reject.raw) }
      : { encoding: 'utf-8', raw: redact(text) }),
  }
}

const base64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
