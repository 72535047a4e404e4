import { momentText } from '../Moment.tsx'
import { relativeTime } from './relativeTime.ts'
import { useNow } from './useNow.ts'

interface Props {
  /** Unix seconds. */
  readonly at: number | null
  /** The words where there is no such time. */
  readonly none: string
  /** Reads a time that has passed as being due. */
  readonly isNext?: boolean
}

/** The time of a poll: its distance from now, and the moment itself. */
export const PollTime = ({ at, none, isNext = false }: Props) => {
  const now = useNow()
  if (at === null) return <span className="none">{none}</span>
  return (
    <time dateTime={new Date(at * 1000).toISOString()}>
      {isNext && at <= now ? 'due now' : relativeTime(isNext ? at : Math.min(at, now), now)}{' '}
      <span className="exact">{momentText(at, true)}</span>
    </time>
  )
}
