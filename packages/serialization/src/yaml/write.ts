import { type EncodeError, unencodable } from '@finetune-kit/codec'
import { Document, Scalar, type ScalarTag, visit } from 'yaml'
import * as E from '#fp-ts/Either'
import { encodeJson } from '../json/encodeJson.ts'
import { defaultLimits } from '../Format.ts'
import { maxLength } from './documents.ts'
import { excessIn } from './precheck.ts'

/**
 * The deepest nesting that is written. The library is recursive: about 400 levels overflow a stack
 * of 500 kB, which is half of Node's default.
 */
const maxLevels = 250

/**
 * The document of a value, or the part that JSON cannot hold. Strings are quoted wherever they
 * could be read as another type.
 *
 * @param isRecord - true among records, where a list is written as the item of one
 */
export const write = (value: unknown, isRecord = false): E.Either<EncodeError, string> => {
  const json = encodeJson(value, { maxDepth: maxLevels })
  if (E.isLeft(json)) return json
  // the document is longer than its JSON, and its tree larger still
  if (json.right.length > maxLength) return tooLong
  const doc = new Document(isRecord && Array.isArray(value) ? [value] : value, {
    schema: 'core',
    aliasDuplicateObjects: false,
    customTags: tags => [floatOfBoth, ...tags],
  })
  visit(doc, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && !isPlain.test(node.value)) node.type = Scalar.QUOTE_DOUBLE
    },
  })
  const text = doc.toString({ lineWidth: 0 }).replace(needEscape, escape)
  if (text.length + mark.length > maxLength) return tooLong
  const excess = excessIn(mark + text, defaultLimits)
  return excess === undefined ? E.right(text) : E.left(unencodable([], excess.reason))
}

/** The line before each of many documents. */
export const mark = '---\n'

const tooLong = E.left(
  unencodable([], `longer than ${maxLength} characters, the longest document that is read`),
)

/** A number with an exponent. YAML 1.1 reads it as a string, unless it has a point. */
const floatOfBoth: ScalarTag = {
  identify: value => typeof value === 'number' && String(value).includes('e'),
  default: true,
  tag: 'tag:yaml.org,2002:float',
  test: /^[-+]?\d+(?:\.\d*)?e[-+]?\d+$/i,
  resolve: Number,
  stringify: ({ value }) => String(value).replace(/^(-?\d)e/, '$1.0e'),
}

/**
 * Characters of quoted strings that YAML does not allow, or that YAML 1.1 takes for line breaks.
 * The library writes them as they are.
 */
const needEscape = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g
const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Strings that no reader alters, and that YAML 1.1 does not read as another type or as a merge. */
const isPlain =
  /^(?!(?:y|n|yes|no|on|off|<<|=)$)(?![-+.\d])[\x20-\x7e\u00a1-\u1fff\u2030-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\uffef\u{10000}-\u{1fffd}]*$/iu
