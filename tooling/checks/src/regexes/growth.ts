/** A text for which the time of a regular expression grows faster than its length. */
export interface Growth {
  readonly head: string
  readonly repeated: string
  /** Time for four times the length, relative to that for the length. */
  readonly ratio: number
}

/**
 * Searches for a text that a regular expression takes more than linear time for: a head, then one
 * part again and again, then a character that nothing expects. Heads and parts are common ones and
 * the characters of the pattern.
 */
export const superlinear = (regex: RegExp): Growth | undefined => {
  const once = new RegExp(regex.source, regex.flags.replace(/[gy]/g, ''))
  const own = [...new Set(regex.source.replaceAll(/\\[a-zA-Z]|[\\^$*+?.()|[\]{}]/g, ''))]
  const start = /^\^?([\w<:/ -]+)/.exec(regex.source)?.[1] ?? ''
  for (const repeated of new Set([...parts, ...own]))
    for (const head of new Set([...heads, ...own, start])) {
      const time = (size: number): number => {
        const text = `${head}${repeated.repeat(size / repeated.length)}\u0001`
        return milliseconds(() => once.exec(text))
      }
      if (time(few) < slow || time(few) < slow) continue
      const ratio = Math.min(time(4 * few) / time(few), time(4 * few) / time(few))
      if (ratio > 8) return { head, repeated, ratio }
    }
  return undefined
}

/** Characters. A quadratic search of so many takes ten milliseconds, a linear one microseconds. */
const few = 4000
const slow = 2

const milliseconds = (run: () => unknown): number => {
  const { user, system } = process.threadCpuUsage()
  run()
  const end = process.threadCpuUsage()
  return (end.user + end.system - user - system) / 1000
}

const heads = ['', '"', '\\', '0', '-', 'a', '{', '[', '<', 'a"', "b'"]
const parts = [
  ...Array.from('aA01 \t\n\r-."\'\\e:[]{},/_=<>*|+x\0é%#&?()\ufeff'),
  ...'a. a, 0. "" \\" \\a a- 1e a" a= ab /a [a'.split(' '),
  'a ',
  '0 ',
  ' \n',
  '\r\n',
  'a,a ',
  '- ',
  ': ',
]
