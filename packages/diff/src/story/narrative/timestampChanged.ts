import type { ChangeRule } from './Narrator.ts'

/** Describes a changed time of the record: `moment` reads it, in Unix seconds, at `path`. */
export const timestampChanged =
  <A>(moment: (a: A) => number, path: string): ChangeRule<A> =>
  ({ a, b, delta }) => {
    const operations = delta.filter(operation => operation.path === path)
    return operations.length === 0
      ? []
      : [{ _tag: 'TimestampChanged', at: moment(b), seconds: moment(b) - moment(a), operations }]
  }
