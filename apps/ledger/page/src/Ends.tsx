interface Props {
  readonly text: string
  /** Characters of the end that are never cut off. */
  readonly tail: number
  /** Number of the character from which a reader knows the text: what is before it is cut first. */
  readonly from?: number
}

/**
 * A text that loses its middle where it is too long for its cell: ids and names of fine-tuned
 * models differ at their ends. It is copied whole. The widths are exact in a monospaced font.
 */
export const Ends = ({ text, tail, from = 0 }: Props) => {
  const all = Array.from(text)
  if (all.length < tail + 9) return text
  const [end, known] = [all.length - tail, all.length - from]
  return (
    <span className="ends">
      {from > 0 && (
        <span style={{ minWidth: '2ch', maxWidth: `calc(100% - ${known}ch)` }}>
          {all.slice(0, from).join('')}
        </span>
      )}
      <span style={{ maxWidth: `calc(100% - ${from > 0 ? tail + 2 : tail}ch)` }}>
        {all.slice(from, end).join('')}
      </span>
      {all.slice(end).join('')}
    </span>
  )
}
