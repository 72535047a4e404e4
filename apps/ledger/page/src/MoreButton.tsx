import { ActionButton } from './ActionButton.tsx'

interface Props {
  /** The plural of what there is more of. */
  readonly noun: string
  /** The number that is left; undefined if it is not known, which is not the end. */
  readonly left: number | undefined
  readonly isLoading: boolean
  readonly onMore: () => void
}

/** A button that loads the next page of a list; none where the list is at its end. */
export const MoreButton = ({ noun, left, isLoading, onMore }: Props) =>
  (left === undefined || left > 0) && (
    <ActionButton isOff={isLoading} onClick={onMore}>
      Show more {noun}
      {left !== undefined && ` (${left.toLocaleString('en-US')} left)`}
    </ActionButton>
  )
