import { escapeUnprintable } from '@finetune-kit/codec'
import type { LogEntry } from '@finetune-kit/model'
import { useState } from 'react'
import { State, Text } from '../CellValue.tsx'
import { Moment } from '../Moment.tsx'
import { useLimit } from '../useLimit.tsx'
import { Section } from './Section.tsx'

/** The events of a run, newest first, of the chosen levels. */
export const EventLog = ({ events }: { readonly events: ReadonlyArray<LogEntry> }) => {
  const [level, setLevel] = useState<string>()
  const counts = Map.groupBy(events, levelOf)
  const shown = events.filter(event => level === undefined || levelOf(event) === level).toReversed()
  const [limit, more] = useLimit(shown.length, 50)
  if (events.length === 0) return null
  return (
    <Section name={`Events (${events.length})`}>
      <fieldset className="levels">
        <legend>Level</legend>
        {[undefined, ...counts.keys()].map(name => (
          <label key={name ?? ''}>
            <input type="radio" name="level" checked={level === name} onChange={() => setLevel(name)} />
            {name === undefined ? 'all' : escapeUnprintable(name, 40)} (
            {name === undefined ? events.length : counts.get(name)?.length})
          </label>
        ))}
      </fieldset>
      <ol className="events">
        {shown.slice(0, limit).map((event, index) => (
          <li key={index} data-level={event.level}>
            <Moment seconds={event.at} isExact />
            <State word={levelOf(event)} />
            <span className="message">
              <Text text={event.raw} />
              {event.error !== null && event.error !== event.raw && (
                <code>{escapeUnprintable(event.error, 1000)}</code>
              )}
            </span>
          </li>
        ))}
      </ol>
      {more}
    </Section>
  )
}

const levelOf = ({ level }: LogEntry): string => level ?? 'without a level'
