import * as Effect from 'effect/Effect'
import * as Schedule from 'effect/Schedule'
import type { Tally } from '@finetune-kit/serialization/effect'
import type { Source } from '@finetune-kit/archive'

const clear = '\r\u001b[2K'

/** Shows on a terminal how far a conversion has come, for as long as it takes; elsewhere it shows nothing. */
export const withProgress =
  ({ progress }: Source, tally: Tally, terminal: NodeJS.WriteStream) =>
  <A, E, R>(conversion: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> => {
    if (!terminal.isTTY) return conversion
    const draw = Effect.sync(() =>
      terminal.write(clear + progressText(progress, tally, terminal.columns || 80)),
    )
    const drawing = Effect.repeat(Effect.delay(draw, '200 millis'), Schedule.forever)
    return Effect.raceFirst(conversion, Effect.andThen(drawing, Effect.never)).pipe(
      Effect.ensuring(Effect.sync(() => terminal.write(clear))),
    )
  }

/** One line of at most so many columns: a bar when the end is known, and what has come of the input so far. */
export const progressText = (
  { taken, total }: Source['progress'],
  { read, rejected }: Tally,
  columns: number,
): string => {
  const counts = `${read.toLocaleString('en')} records${rejected === 0 ? '' : `, ${rejected.toLocaleString('en')} rejected`}`
  if (total === undefined || total === 0) return `${megabytes(taken)} MB, ${counts}`.slice(0, columns - 1)
  const part = Math.min(1, taken / total)
  const bar = '█'.repeat(Math.round(part * 20)).padEnd(20, '░')
  return `${bar} ${Math.floor(part * 100)}% of ${megabytes(total)} MB, ${counts}`.slice(0, columns - 1)
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)
