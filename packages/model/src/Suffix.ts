import { annotate } from '@finetune-kit/codec'
import * as t from 'io-ts'

/** A text of 1 to `max` characters that becomes part of the name of a model. */
export const Suffix = (max: number) => {
  const pattern = new RegExp(`^.{1,${max}}$`, 'su')
  return annotate(
    t.refinement(t.string, s => pattern.test(s), `string of 1 to ${max} characters`),
    { constraints: { minLength: 1, maxLength: max } },
  )
}
