import { escapeUnprintable } from '@finetune-kit/codec'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { EventPage, RunDetail } from '../../../src/api/run.ts'
import { runEvents } from '../api/queries.ts'
import { State } from '../CellValue.tsx'
import { escapeLines } from '../escapeLines.ts'
import { Failure } from '../Answer.tsx'
import { Moment } from '../Moment.tsx'
import { MoreButton } from '../MoreButton.tsx'
import { Section } from './Section.tsx'

interface Props {
  readonly run: Pick<RunDetail, 'key' | 'levels'>
  /** The level that is shown, null for events without one, undefined for all. */
  readonly level: string | null | undefined
  readonly onLevel: (level: string | null | undefined) => void
}

/** The events of a run, newest first, of the chosen level. They are loaded page by page. */
export const EventLog = ({ run: { key, levels }, level, onLevel }: Props) => {
  const answer = useInfiniteQuery(runEvents(key, level))
  const total = levels.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return null
  const shown = answer.data?.pages.flatMap(({ events }) => events) ?? []
  const ofLevel = answer.data?.pages[0]?.total ?? 0
  return (
    <Section name={`Events (${total.toLocaleString('en-US')})`}>
      <fieldset className="levels">
        <legend>Level</legend>
        {[{ level: undefined, count: total }, ...levels].map(({ level: name, count }) => (
          <label key={name ?? (name === null ? 'null' : '')}>
            <input type="radio" name="level" checked={level === name} onChange={() => onLevel(name)} />
            {name === undefined ? 'all' : escapeUnprintable(wordOf(name), 40)} (
            {count.toLocaleString('en-US')})
          </label>
        ))}
      </fieldset>
      {answer.isError && <Failure error={answer.error} />}
      {answer.data !== undefined && ofLevel === 0 && <p className="none">No event has this level.</p>}
      <ol className="events">
        {shown.map((event, index) => (
          // counted from the oldest: what is read keeps its place when a new one comes before it
          <EventLine key={ofLevel - index} event={event} />
        ))}
      </ol>
      <MoreButton
        noun="events"
        left={ofLevel - shown.length}
        isLoading={answer.isFetchingNextPage}
        onMore={() => void answer.fetchNextPage()}
      />
    </Section>
  )
}

const EventLine = ({ event }: { readonly event: EventPage['events'][number] }) => (
  <li data-level={event.level}>
    <Moment seconds={event.at} isExact />
    <State word={wordOf(event.level)} />
    <span className="message">
      {event.message === '' ? '""' : escapeLines(event.message)}
      {event.error !== null && event.error !== event.message && (
        <>
          {' '}
          <code>{escapeUnprintable(event.error, 1000)}</code>
        </>
      )}
    </span>
  </li>
)

const wordOf = (level: string | null): string => level ?? 'without a level'
