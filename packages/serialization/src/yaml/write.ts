import { type EncodeError, unencodable } from '@finetune-kit/codec'
import { Document, Scalar, visit } from 'yaml'
import * as E from '#fp-ts/Either'
import { encodeJson } from '../json/encodeJson.ts'
import { maxLength } from './documents.ts'

/**
 * How many levels are written. The library calls itself for each, in writing and in reading: some 400 of them overflow a stack
 * of 500 kB, which is half of what Node has unless told otherwise.
 */
const maxLevels = 250

/** The document of a value; what JSON cannot hold is refused as there. Texts are quoted wherever they could be taken for something else. */
export const write = (value: unknown): E.Either<EncodeError, string> => {
  const json = encodeJson(value, { maxDepth: maxLevels })
  if (E.isLeft(json)) return json
  // the library would make much more of it, and the document will be longer yet
  if (json.right.length > maxLength) return tooLong
  const doc = new Document(value, { schema: 'core', aliasDuplicateObjects: false })
  visit(doc, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && !isPlain.test(node.value)) node.type = Scalar.QUOTE_DOUBLE
    },
  })
  const text = doc.toString({ lineWidth: 0 })
  return text.length + mark.length > maxLength ? tooLong : E.right(text)
}

/** Stands before a document among many. */
export const mark = '---\n'

const tooLong = E.left(
  unencodable([], `longer than ${maxLength} characters, which are all that is read of a document`),
)

/** Of characters that no reader could change or take for others, and nothing that an older YAML reads as a number, a date or a truth. */
const isPlain =
  /^(?!(?:y|n|yes|no|on|off)$)(?![-+.\d])[\x20-\x7e\u00a1-\u1fff\u2030-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\uffef\u{10000}-\u{1fffd}]*$/iu
