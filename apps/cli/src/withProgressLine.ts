import * as Effect from 'effect/Effect'
import * as Schedule from 'effect/Schedule'
import { Io } from './Io.ts'
import { canRedraw } from './Output.ts'

const clear = '\r\u001b[2K'

/**
 * Shows a line while an effect runs, drawn again and again: on a terminal, of so many columns, and
 * nothing elsewhere.
 */
export const withProgressLine =
  (line: (columns: number) => string) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(Io, ({ stderr }) => {
      if (!canRedraw(stderr, process.env)) return effect
      const draw = Effect.sync(() => stderr.write(clear + line(stderr.columns || 80)))
      const drawing = Effect.repeat(Effect.delay(draw, '200 millis'), Schedule.forever)
      return Effect.raceFirst(effect, Effect.andThen(drawing, Effect.never)).pipe(
        Effect.ensuring(Effect.sync(() => stderr.write(clear))),
      )
    })
