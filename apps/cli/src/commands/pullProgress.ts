import * as Effect from 'effect/Effect'
import * as Schedule from 'effect/Schedule'
import { Io } from '../Io.ts'
import { canRedraw } from '../Output.ts'

/** The counts of a pull so far. */
export interface PullTally {
  runs: number
  changed: number
  observations: number
  failed: number
}

export const newTally = (): PullTally => ({ runs: 0, changed: 0, observations: 0, failed: 0 })

const clear = '\r\u001b[2K'

/** Shows the counts of a pull on a terminal, and nothing elsewhere. */
export const withPullProgress = <A, E, R>(
  tally: PullTally,
  pull: Effect.Effect<A, E, R>,
): Effect.Effect<A, E, R> =>
  Effect.flatMap(Io, ({ stderr }) => {
    if (!canRedraw(stderr, process.env)) return pull
    const draw = Effect.sync(() =>
      stderr.write(`${clear}${tally.runs} runs, ${tally.observations} new observations`),
    )
    const drawing = Effect.repeat(Effect.delay(draw, '200 millis'), Schedule.forever)
    return Effect.raceFirst(pull, Effect.andThen(drawing, Effect.never)).pipe(
      Effect.ensuring(Effect.sync(() => stderr.write(clear))),
    )
  })
