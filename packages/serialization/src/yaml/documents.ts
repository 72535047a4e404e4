import { type DecodeError, malformed } from '@finetune-kit/codec'
import { type Document, parseAllDocuments } from 'yaml'
import * as E from '#fp-ts/Either'
import type { Text } from '../bytes/readText.ts'
import { positionAt } from '../bytes/positions.ts'
import { overflowing } from './parseErrors.ts'
import { excessIn, type YamlLimits } from './precheck.ts'
import { splitDocuments } from './splitDocuments.ts'

export const name = 'YAML'

/** A document, or the reason why it cannot be parsed. */
export interface Found {
  readonly doc: E.Either<DecodeError, Document.Parsed>
  /** The part of the input that contains the document. */
  readonly part: Text
  /** The range of the document in its part. */
  readonly from: number
  readonly to: number
}

/** The longest document, in characters: its syntax tree takes hundreds of times as much memory. */
export const maxLength = 4 * 1024 * 1024

/** Parses the documents of a text lazily, and keeps none. */
export function* documents({ text, at }: Text, limits: YamlLimits): Generator<Found> {
  let place = at
  for (const { from, to, isEmpty } of splitDocuments(text)) {
    const part = { text: text.slice(from, to), at: place }
    if (!isEmpty) yield* documentsIn(part, limits)
    place = positionAt(part.text, part.text.length, place)
  }
}

function* documentsIn(part: Text, limits: YamlLimits): Generator<Found> {
  const { text, at } = part
  const refused = (reason: string, index = 0): Found => ({
    doc: E.left(malformed(name, reason, positionAt(text, index, at))),
    part,
    from: 0,
    to: text.length,
  })
  const flaw = excessIn(text, limits)
  if (flaw !== undefined) {
    yield refused(flaw.reason, flaw.at)
    return
  }
  if (text.length > maxLength) {
    yield refused(`a document of more than ${maxLength} characters`)
    return
  }
  let docs: ReadonlyArray<Document.Parsed>
  try {
    const all = parseAllDocuments(text, parsing)
    docs = 'empty' in all ? [] : all
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    yield refused(overflowing)
    return
  }
  for (const [i, doc] of docs.entries())
    yield { doc: E.right(doc), part, from: doc.range[0], to: docs[i + 1]?.range[0] ?? text.length }
}

/** The core schema also where a document asks for YAML 1.1; other tags have no value of JSON. */
const parsing = {
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  prettyErrors: false,
  uniqueKeys: false,
} as const
