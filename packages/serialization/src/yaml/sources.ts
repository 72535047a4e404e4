import { type Document, isSeq } from 'yaml'
import type { Position } from '@finetune-kit/codec'
import * as E from '#fp-ts/Either'
import { positionsAt } from '../bytes/positions.ts'
import type { Found } from './documents.ts'
import { flawOf } from './parseErrors.ts'
import { beginOf } from './valueOf.ts'

/** A parsed value and its text. */
export interface Source {
  readonly doc: Document.Parsed
  /** The node of the value in the document; null for an empty document. */
  readonly node: unknown
  readonly text: string
  readonly at: Position
  /** The index of the text in the text of the document. */
  readonly from: number
}

/** The source of a whole document. */
export const wholeSource = (doc: Document.Parsed, { part }: Found): Source => ({
  doc,
  node: doc.contents,
  text: part.text,
  at: part.at,
  from: 0,
})

/** The sources of the items, if a document without errors is a list of them. */
export const itemSources = (found: Found): ReadonlyArray<Source> | undefined => {
  if (E.isLeft(found.doc)) return undefined
  const doc = found.doc.right
  const { contents } = doc
  if (!isSeq(contents) || contents.anchor !== undefined || flawOf(doc, found.part.text) !== undefined)
    return undefined
  const { text, at } = found.part
  const starts = contents.items.map(beginOf)
  const places = positionsAt(text, starts, at)
  return contents.items.map((node, i) => {
    const from = starts[i] as number
    const to = starts[i + 1] ?? found.to
    return { doc, node, text: text.slice(from, to), at: places.get(from) as Position, from }
  })
}

/** The positions of indexes of the document; the start of the source for those before it. */
export const placesIn = (
  { text, at, from }: Source,
  indices: ReadonlyArray<number>,
): ReadonlyArray<Position> => {
  const inside = indices.map(index => Math.max(0, index - from))
  const found = positionsAt(text, inside, at)
  return inside.map(index => found.get(index) as Position)
}
