import { decode } from '@finetune-kit/codec'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { FineTune, FineTuneSnapshot } from '@finetune-kit/model'
import { fineTunes, pending } from './samples.ts'

test('FineTune accepts nothing that FineTuneSnapshot refuses', () => {
  fc.assert(
    fc.property(fineTunes, run => {
      expect(decode(FineTune)(run)).toEqual({ _tag: 'Right', right: run })
      expect(decode(FineTuneSnapshot)(run)).toEqual({ _tag: 'Right', right: run })
      expect(FineTuneSnapshot.is(run)).toBe(FineTune.is(run))
    }),
  )
})

test('FineTune refuses a run that has not succeeded, FineTuneSnapshot accepts it', () => {
  expect(FineTune.is(pending)).toBe(false)
  expect(FineTuneSnapshot.is(pending)).toBe(true)
})
