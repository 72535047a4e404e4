interface Props {
  readonly text: string
  /** Characters of the end that are never cut off. */
  readonly tail: number
}

/**
 * A text that loses its middle where it is too long for its cell: ids and names of fine-tuned
 * models differ at their ends. It is copied whole.
 */
export const Ends = ({ text, tail }: Props) =>
  text.length < tail + 9 ? (
    text
  ) : (
    <span className="ends">
      <span style={{ maxWidth: `calc(100% - ${tail}ch)` }}>{text.slice(0, -tail)}</span>
      {text.slice(-tail)}
    </span>
  )
