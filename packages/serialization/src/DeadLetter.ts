import { draw, Integer, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import type { Reject } from './Format.ts'
import { base64 } from './bytes/base64.ts'
import { textOf } from './bytes/utf8.ts'

/** A record that could not be read or written, set aside: any format can store it. */
export const DeadLetter = record(
  'DeadLetter',
  {
    /** The problem, for people. */
    error: t.string,
    /** The record as it was: text, or base64 if its bytes are not UTF-8. */
    raw: t.string,
    /** The encoding of `raw`. */
    encoding: t.keyof({ 'utf-8': null, base64: null }),
  },
  {
    /** The start of the record in its input, in bytes from 0. */
    offset: Integer,
    /** The line of the record, from 1, for text formats. */
    line: Integer,
    /** The number of the record, from 1, for formats without lines. */
    record: Integer,
    /** The index, from 0, of a record that could be read but not written. */
    index: Integer,
    /** Number of records lost, if it is not one. */
    records: Integer,
    /** The file it was read from. */
    source: t.string,
  },
)
export interface DeadLetter extends t.TypeOf<typeof DeadLetter> {}

/**
 * The dead letter of a reject. `redact` gets every text of it, to remove secrets; bytes that are no
 * text, in which nothing can be hidden, are then left out.
 */
export const toDeadLetter = (
  reject: Reject,
  source?: string,
  redact?: (text: string) => string,
): DeadLetter => {
  const text = textOf(reject.raw)
  const shown = redact ?? (all => all)
  return {
    ...(source === undefined ? {} : { source }),
    ...(reject.line === undefined ? {} : { line: reject.line }),
    ...(reject.record === undefined ? {} : { record: reject.record }),
    offset: reject.offset,
    ...(reject.records === undefined ? {} : { records: reject.records }),
    error: shown(draw(reject.error)),
    ...(text === undefined
      ? { encoding: 'base64', raw: redact === undefined ? base64(reject.raw) : '' }
      : { encoding: 'utf-8', raw: shown(text) }),
  }
}
