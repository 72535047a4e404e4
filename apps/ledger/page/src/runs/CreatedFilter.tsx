import { Menu } from '../Menu.tsx'
import { momentText } from '../Moment.tsx'
import type { TableQuery } from '../Route.ts'

interface Props {
  readonly query: TableQuery
  readonly onQuery: (query: TableQuery) => void
}

/** Filters runs by the day of their creation, in the time zone of the page; both days are included. */
export const CreatedFilter = ({ query, onQuery }: Props) => {
  const [from, to] = [dayOf(query.createdFrom, 0), dayOf(query.createdBefore, -1)]
  return (
    <Menu title="Created" note={noteOf(query)} isActive={noteOf(query) !== ''}>
      <fieldset>
        <legend>By day of creation</legend>
        <label>
          <span>From</span>
          <input
            type="date"
            className="field"
            value={from}
            max={to}
            onChange={event => onQuery({ ...query, createdFrom: secondsOf(event.target.value, 0) })}
          />
        </label>
        <label>
          <span>To</span>
          <input
            type="date"
            className="field"
            value={to}
            min={from}
            onChange={event => onQuery({ ...query, createdBefore: secondsOf(event.target.value, 1) })}
          />
        </label>
      </fieldset>
    </Menu>
  )
}

/**
 * The days of the filter in words; a time where a link of another zone has one within a day, and
 * what is no number as it is: the server refuses it by that name.
 */
export const noteOf = ({
  createdFrom,
  createdBefore,
}: Pick<TableQuery, 'createdFrom' | 'createdBefore'>): string => {
  const [from, to] = [boundOf(createdFrom, 0), boundOf(createdBefore, -1)]
  if (from === '') return to === '' ? '' : `to ${to}`
  return to === '' ? `from ${from}` : `${from} to ${to}`
}

const boundOf = (seconds: string, later: number): string => {
  const day = dayOf(seconds, later)
  if (secondsOf(day, -later) === seconds) return day
  return Number.isNaN(Number(seconds)) ? seconds : momentText(Number(seconds))
}

/** The day, some days later, of a time in Unix seconds: `2024-08-19`. */
export const dayOf = (seconds: string, later: number): string => {
  if (!/^\d{1,11}$/.test(seconds)) return ''
  const date = new Date(Number(seconds) * 1000)
  date.setDate(date.getDate() + later)
  return `${part(date.getFullYear(), 4)}-${part(date.getMonth() + 1, 2)}-${part(date.getDate(), 2)}`
}

const part = (n: number, length: number): string => String(n).padStart(length, '0')

/** The begin of a day, some days later, in Unix seconds. */
export const secondsOf = (day: string, later: number): string => {
  const date = new Date(`${day}T00:00`)
  if (Number.isNaN(date.getTime()) || date.getTime() < 0) return ''
  date.setDate(date.getDate() + later)
  // a day that has no midnight begins at one o'clock, and the next one does not
  date.setHours(0)
  return String(date.getTime() / 1000)
}
