import * as Effect from 'effect/Effect'
import type * as Scope from 'effect/Scope'

/**
 * Stops the growth of V8's young generation at about 16 MB, for the rest of the process. V8
 * doubles it, up to 128 MB, as often as the little that survives adds up to its size: memory would
 * grow with the number of records.
 */
export const boundYoungGeneration: Effect.Effect<void, never, Scope.Scope> = Effect.asVoid(
  Effect.acquireRelease(
    Effect.sync(() => {
      const timer = setInterval(() => {
        if (youngBytes() < enoughBytes) return
        v8().setFlagsFromString('--semi-space-growth-factor=1')
        clearInterval(timer)
      }, interval)
      return timer.unref()
    }),
    timer => Effect.sync(() => clearInterval(timer)),
  ),
)

/** Loaded at the first look, because loading takes a while and a short command takes no look. */
const v8 = () => process.getBuiltinModule('node:v8')

/** Two semi-spaces of 8 MB, in which most records that are read die. */
const enoughBytes = 16 * 1024 * 1024

/** Milliseconds between looks, of which each takes a hundredth of a millisecond. */
const interval = 100

const youngBytes = (): number =>
  v8()
    .getHeapSpaceStatistics()
    .find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0
