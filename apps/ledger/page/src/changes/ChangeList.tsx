import { escapeUnprintable } from '@finetune-kit/codec'
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
  if (typeof piece === 'string') return piece
  if (piece.name !== undefined) return <b>{escapeUnprintable(piece.name)}</b>
  if (piece.was !== undefined) return <del>{escapeUnprintable(piece.was)}</del>
  return piece.now === undefined ? (
    <code>{escapeUnprintable(piece.value ?? '')}</code>
  ) : (
    <ins>{escapeUnprintable(piece.now)}</ins>
  )
}
