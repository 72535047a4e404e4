import * as Effect from 'effect/Effect'
import type * as t from 'io-ts'
import * as Archive from '../Archive.ts'
import { items, nameOf, reading } from '../input.ts'
import { type Trouble, trouble } from '../Trouble.ts'

/** A run as it was last seen on each side; `undefined` where a side does not have it. */
export interface Pair {
  readonly run: string
  readonly a: unknown
  readonly b: unknown
}

/** What two files hold, run by run: in the order of the first, then what only the second has. */
export interface Sides {
  readonly pairs: ReadonlyArray<Pair>
  /** Whether each file holds one run, so that these two are compared, also when they are two runs. */
  readonly isSingle: boolean
}

/** @param mayBeEmpty - whether a file without records has nothing (git says so of a file that is new or gone) */
export const sides = (
  codec: t.Type<unknown, unknown>,
  [first, second]: readonly [string, string],
  mayBeEmpty: boolean,
): Effect.Effect<Sides, Trouble> =>
  Effect.map(
    Effect.all([lastSeen(codec, first, mayBeEmpty), lastSeen(codec, second, mayBeEmpty)]),
    ([a, b]) => {
      const [[runA, recordA] = [], [runB, recordB] = []] = [[...a][0], [...b][0]]
      if (a.size === 1 && b.size === 1 && runA !== undefined && runB !== undefined) {
        const run = runA === runB ? runA : `${runA} and ${runB}`
        return { pairs: [{ run, a: recordA, b: recordB }], isSingle: true }
      }
      const runs = new Set([...a.keys(), ...b.keys()])
      return { pairs: [...runs].map(run => ({ run, a: a.get(run), b: b.get(run) })), isSingle: false }
    },
  )

const lastSeen = (
  codec: t.Type<unknown, unknown>,
  path: string,
  mayBeEmpty: boolean,
): Effect.Effect<ReadonlyMap<string, unknown>, Trouble> =>
  Effect.flatMap(
    reading(path, () => Archive.of(codec)(nameOf(path), items(path, codec))),
    ({ runs, rejects, rejected }) => {
      const more = rejected - rejects.length
      if (rejected > 0)
        return Effect.fail(trouble([...rejects, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n')))
      if (runs.size === 0 && !mayBeEmpty)
        return Effect.fail(trouble(`${nameOf(path)} is empty: it holds no record.`))
      return Effect.succeed(new Map([...runs].map(([run, snapshots]) => [run, snapshots.at(-1)])))
    },
  )
