interface Props {
  readonly text: string
  /** Characters of the end that are never cut off. */
  readonly tail: number
  /**
   * Number of the character from which a reader knows the text: what is before it is shown only
   * where all of the text has room.
   */
  readonly from?: number
}

/**
 * A text that loses its middle where it is too long for its cell: ids and names of fine-tuned
 * models differ at their ends. It is copied whole. The widths are exact in a monospaced font.
 */
export const Ends = ({ text, tail, from = 0 }: Props) => {
  const all = Array.from(text)
  if (all.length < tail + 9) return text
  const end = all.length - tail
  return (
    <span className="ends">
      {from > 0 && (
        // the factor makes a missing character more than the whole width
        <span style={{ maxWidth: `calc((100% - ${all.length}ch) * 999 + ${from}ch)` }}>
          {all.slice(0, from).join('')}
        </span>
      )}
      <span style={{ maxWidth: `calc(100% - ${tail}ch)` }}>{all.slice(from, end).join('')}</span>
      {all.slice(end).join('')}
    </span>
  )
}

/** A text that loses its start where it is too long for its cell. It is copied whole. */
export const End = ({ text }: Pick<Props, 'text'>) => (
  <span className="ending">
    <bdi dir="ltr">{text}</bdi>
  </span>
)
