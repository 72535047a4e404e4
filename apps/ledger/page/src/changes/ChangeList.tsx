import { escapeUnprintable } from '@finetune-kit/codec'
import { Moment } from '../Moment.tsx'
import type { Sentence } from '../../../src/api/Sentence.ts'

/** A list of changes, in sentences. */
export const ChangeList = ({ sentences }: { readonly sentences: ReadonlyArray<Sentence> }) =>
  sentences.length === 0 ? null : (
    <ol className="news">
      {sentences.map(({ change, sign, pieces }, index) => (
        <li key={index} data-change={change} data-sign={sign}>
          {pieces.map((piece, i) => (
            <Piece key={i} piece={piece} />
          ))}
        </li>
      ))}
    </ol>
  )

const Piece = ({ piece }: { readonly piece: Sentence['pieces'][number] }) => {
  if (typeof piece === 'string') return <Words text={piece} />
  if (piece.name !== undefined) return <b>{escapeUnprintable(piece.name)}</b>
  if (piece.was !== undefined)
    return (
      <del>
        <Value text={piece.was} />
      </del>
    )
  return piece.now === undefined ? (
    <code>{escapeUnprintable(piece.value ?? '')}</code>
  ) : (
    <ins>
      <Value text={piece.now} />
    </ins>
  )
}

/** Our own words, with their times, which are in UTC, in the time zone of the page. */
const Words = ({ text }: { readonly text: string }) =>
  text
    .split(utc)
    .map((part, index) =>
      index % 2 === 0 ? part : <Moment key={index} seconds={Date.parse(part) / 1000} isExact />,
    )

/** A value as the story writes it: texts of a record are in quotes there, times are not. */
const Value = ({ text }: { readonly text: string }) =>
  isUtc.test(text) ? <Words text={text} /> : escapeUnprintable(text)

const utc = /((?:[+-]\d{6}|\d{4})-\d\d-\d\dT\d\d:\d\d:\d\dZ)/
const isUtc = /^(?:[+-]\d{6}|\d{4})-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
