import type { Target } from './Target.ts'
import { codec, exotic } from './targets/codec.ts'
import { diff } from './targets/diff.ts'
import { kills } from './targets/kills.ts'
import { readers, roundTrips } from './targets/formats.ts'
import { input } from './targets/input.ts'

/** Every target, in the order in which they run. */
export const targets: ReadonlyArray<Target> = [codec, exotic, roundTrips, readers, diff, input, kills]
