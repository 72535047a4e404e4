/** A record without what is too long for an answer. */
export interface BriefRecord {
  readonly record: Record<string, unknown>
  /** The number of values, and of texts, that are left out or cut. */
  readonly leftOut: number
}

/** Characters of a whole record, of one of its fields, and of one text. */
const limits = { record: 40_000, field: 12_000, text: 2000 }

/**
 * Cuts a record to what a page shows of it: its fields, lists and texts as far as they fit. Most
 * records are far shorter and stay as they are.
 */
export const briefRecord = (whole: object): BriefRecord => {
  let left = limits.record
  const cut = { count: 0 }
  const fields = Object.entries(whole).flatMap(([key, value]) => {
    const room = { left: Math.min(left, limits.field) }
    const before = room.left
    const shown = take(key, value, room, cut)
    left -= before - room.left
    return shown === nothing ? [] : [[key, shown] as const]
  })
  return cut.count === 0
    ? { record: whole as Record<string, unknown>, leftOut: 0 }
    : { record: Object.fromEntries(fields), leftOut: cut.count }
}

interface Room {
  left: number
}

interface Cut {
  count: number
}

const nothing = Symbol('left out')

/** As much of a value as there is room for; `nothing` where there is none. */
const take = (key: string, value: unknown, room: Room, cut: Cut): unknown => {
  const needed = key.length + (typeof value === 'object' || typeof value === 'string' ? 4 : 24)
  if (needed > room.left) {
    cut.count++
    return nothing
  }
  room.left -= needed
  if (typeof value === 'string') {
    const text = value.slice(0, Math.min(limits.text, room.left))
    room.left -= text.length
    if (text.length === value.length) return value
    cut.count++
    return `${text.toWellFormed()}…`
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value))
    return value.flatMap(item => {
      const shown = take('', item, room, cut)
      return shown === nothing ? [] : [shown]
    })
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const shown = take(name, item, room, cut)
      return shown === nothing ? [] : [[name, shown] as const]
    }),
  )
}
