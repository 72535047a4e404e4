import { annotate } from '@finetune-kit/codec'
import * as t from 'io-ts'

/**
 * Text, of which some words are known. The service adds words without notice, so any other is accepted too; the known
 * ones are offered where a value is typed, and stand in `Meta.known`.
 */
export const OpenEnum = <K extends string>(
  title: string,
  known: ReadonlyArray<K>,
): t.Type<K | (string & {})> => annotate(t.string, { title, known })
