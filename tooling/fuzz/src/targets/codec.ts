import { Canonical, decode } from '@finetune-kit/codec'
import { Arbitrary, laws } from '@finetune-kit/codec/testing'
import * as fc from 'fast-check'
import { agreement } from '../../../../packages/codec/test/agreement/agreement.ts'
import { anySpecs, codecOf } from '../randomCodec.ts'
import { broken, type Target } from '../Target.ts'

/** The same verdict as io-ts, errors in the same places, on codecs that no format could hold. */
export const exotic: Target = {
  name: 'codec-exotic',
  runs: 1,
  property: fc.property(fc.nat(), seed => {
    const { differences } = agreement(1000, seed)
    if (differences.length > 0) broken('the validator differs from io-ts', ...differences.slice(0, 5))
  }),
}

/** The laws of a codec, over random codecs of JSON values. */
export const codec: Target = {
  name: 'codec',
  runs: 5,
  property: fc.property(anySpecs, fc.nat(), (spec, seed) => {
    const derive = () => codecOf(spec)
    const runs = { numRuns: 10, seed }
    const some = derive()
    laws.generates(some, { runs })
    laws.validatorAgrees(some, { runs })
    laws.guardAgrees(some, { runs })
    laws.encodeDecodes(some, { runs })
    laws.equalityHolds(some, { runs })
    laws.pathsAgree(() => Canonical.stringify, Arbitrary.of(some), { runs })
    laws.pathsAgree(() => decode(derive()), Arbitrary.mutants(some), { runs })
  }),
}
