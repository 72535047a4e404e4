import * as Effect from 'effect/Effect'
import * as Schedule from 'effect/Schedule'
import type { Tally } from '@finetune-kit/serialization/effect'
import type { Input, InputProgress } from '@finetune-kit/archive'
import { canRedraw, type Output } from '../Output.ts'

const clear = '\r\u001b[2K'

/** Shows the progress of a conversion on a terminal, and nothing elsewhere. */
export const withProgress =
  ({ progress }: Input, tally: Tally, terminal: Output) =>
  <A, E, R>(conversion: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> => {
    if (!canRedraw(terminal, process.env)) return conversion
    const draw = Effect.sync(() =>
      terminal.write(clear + progressText(progress, tally, terminal.columns || 80)),
    )
    const drawing = Effect.repeat(Effect.delay(draw, '200 millis'), Schedule.forever)
    return Effect.raceFirst(conversion, Effect.andThen(drawing, Effect.never)).pipe(
      Effect.ensuring(Effect.sync(() => terminal.write(clear))),
    )
  }

/**
 * One line of at most so many columns: a bar where the size of the input is known, and the records
 * so far.
 */
export const progressText = (
  { taken, total }: InputProgress,
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
