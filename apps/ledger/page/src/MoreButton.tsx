interface Props {
  /** The plural of what there is more of. */
  readonly noun: string
  readonly left: number
  readonly isLoading: boolean
  readonly onMore: () => void
}

/** A button that loads the next page of a list; none where the list is at its end. */
export const MoreButton = ({ noun, left, isLoading, onMore }: Props) =>
  left > 0 && (
    <button type="button" className="button" disabled={isLoading} onClick={onMore}>
      Show more {noun} ({left.toLocaleString('en-US')} left)
    </button>
  )
