import * as EventMessage from '../EventMessage.ts'
import { get, list, number, positive, text } from './read.ts'

/** An event of either family, read. */
export interface LogEntry {
  readonly at: number
  readonly level: string | null
  readonly raw: string
  readonly message: EventMessage.EventMessage
  /** The event's `data`: metrics of a step, details of an error, or nothing. */
  readonly data: unknown
  /** The words of `data.error`. */
  readonly error: string | null
  /** The step that the event is about, and how many there will be. */
  readonly step: number | null
  readonly steps: number | null
}

/**
 * Reads the events of one run in one order, whatever order they came in: by time, then by text, but
 * step 9 before step 10. Entries without a time or a message are left out. Equal events stay.
 */
export const logOf = (...events: ReadonlyArray<unknown>): ReadonlyArray<LogEntry> => {
  const log: Array<LogEntry> = []
  for (const part of events)
    for (const event of list(part)) {
      const entry = entryOf(event)
      if (entry !== undefined) log.push(entry)
    }
  return log.sort(
    (a, b) =>
      a.at - b.at ||
      compare(sortText(a), sortText(b)) ||
      compare(a.raw, b.raw) ||
      compare(a.level ?? '', b.level ?? '') ||
      compare(a.error ?? '', b.error ?? ''),
  )
}

const entryOf = (event: unknown): LogEntry | undefined => {
  const at = number(get(event, 'created_at'))
  const raw = get(event, 'message')
  if (at === null || typeof raw !== 'string') return undefined
  const message = EventMessage.decode(raw)
  const data = get(event, 'data')
  const isStep = message._tag === 'Step'
  return {
    at,
    level: text(get(event, 'level')),
    raw,
    message,
    data,
    error: text(get(data, 'error')),
    step: positive(get(data, 'step')) ?? (isStep ? message.done : null),
    steps: positive(get(data, 'total_steps')) ?? (isStep ? positive(message.total) : null),
  }
}

/** The text that a message is sorted by: the number of a step or an epoch comes first in it. */
const sortText = ({ message, raw }: LogEntry): string =>
  'done' in message ? raw.replace(/\d+/, done => done.padStart(16, '0')) : raw

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Returns the messages with this tag, with their times. */
export const saying = <T extends EventMessage.EventMessage['_tag']>(
  log: ReadonlyArray<LogEntry>,
  tag: T,
): ReadonlyArray<EventMessage.Tagged<T> & { readonly at: number }> => {
  const said: Array<EventMessage.Tagged<T> & { readonly at: number }> = []
  for (const { at, message } of log)
    if (message._tag === tag) said.push({ ...(message as EventMessage.Tagged<T>), at })
  return said
}
