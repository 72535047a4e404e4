import { record } from '@finetune-kit/codec'
import * as t from 'io-ts'

const Part = record('Part', {}, { name: t.string, value: t.string, was: t.string, now: t.string })

/** A change in words; the parts of a sentence are our words or come from a record. */
export const Sentence = record('Sentence', {
  /** The kind of change. */
  change: t.string,
  sign: t.string,
  pieces: t.readonlyArray(t.union([t.string, Part])),
})
export interface Sentence extends t.TypeOf<typeof Sentence> {}
