import { Meta } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import * as fc from 'fast-check'
import type * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import {
  Comparable,
  FineTuneSnapshot,
  FineTuningJobEventSnapshot,
  FineTuningJobSnapshot,
} from '@finetune-kit/model'
import { pending } from './samples.ts'

const run = Comparable.of(FineTuneSnapshot)
const job = Comparable.of(FineTuningJobSnapshot)
const event = Comparable.of(FineTuningJobEventSnapshot)

/**
 * The value with null in every optional field that is absent, at the first level: an SDK's dump.
 */
const dumped = <A>(
  codec: { readonly types: readonly [unknown, { readonly props: t.Props }] },
  value: A,
): A => ({
  ...Object.fromEntries(Object.keys(codec.types[1].props).map(key => [key, null])),
  ...value,
})

const wire: FineTuningJobSnapshot = {
  id: 'ftjob-Kitchen0001',
  object: 'fine_tuning.job',
  created_at: 1000,
  status: 'running',
  model: 'gpt-4o-mini-2024-07-18',
  training_file: 'file-Train01',
  error: {},
  method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 'auto' } } },
  integrations: [{ type: 'wandb', wandb: { project: 'rolls' } }],
}

describe('Comparable', () => {
  test('Comparable.of makes one form of a record from the wire, from an SDK and from DuckDB', () => {
    const sdk = dumped(FineTuningJobSnapshot, {
      ...wire,
      error: { code: null, message: null, param: null },
      method: {
        type: 'supervised',
        dpo: null,
        reinforcement: null,
        supervised: { hyperparameters: { n_epochs: 'auto' as const, batch_size: null } },
      },
      integrations: [{ type: 'wandb', wandb: { project: 'rolls', entity: null, name: null, tags: null } }],
    })
    const duckdb = { ...sdk, error: null, use_packing: null, another: { a: null } }
    expect(FineTuningJobSnapshot.is(sdk) && FineTuningJobSnapshot.is(duckdb)).toBe(true)
    const { error: _, ...expected } = wire
    expect([job(wire), job(sdk), job(duckdb)]).toStrictEqual([expected, expected, expected])
  })

  test('Comparable.of makes one form of legacy runs, and keeps the null of required fields', () => {
    const files = pending.training_files.map(file => ({ ...file, expires_at: null }))
    const sdk = { ...dumped(FineTuneSnapshot, pending), training_files: files }
    expect(run(sdk)).toEqual(run(pending))
    expect(run(sdk).fine_tuned_model).toBeNull()
    expect(run(sdk).hyperparams.batch_size).toBeNull()
  })

  test('Comparable.of looks into data that no codec describes', () => {
    const seen = {
      id: 'e',
      object: 'fine_tuning.job.event',
      created_at: 1,
      level: 'info',
      message: 'm',
    } as const
    const metrics = { ...seen, type: 'metrics', data: { step: 1, valid_loss: null, errors: [null] } }
    expect(event(metrics)).toStrictEqual({ ...seen, type: 'metrics', data: { step: 1, errors: [null] } })
    expect(event({ ...seen, data: {} })).toStrictEqual(event({ ...seen, data: null }))
  })

  test('Comparable.of returns the record itself when there is nothing to drop', () => {
    const { status_details: _, ...file } = pending
      .training_files[0] as FineTuneSnapshot['training_files'][number]
    const bare = { ...pending, training_files: [file] }
    expect(run(bare)).toBe(bare)
  })

  test.each([FineTuneSnapshot, FineTuningJobSnapshot, FineTuningJobEventSnapshot])(
    'Comparable.of is idempotent and gives a value of its codec: %#',
    codec => {
      const form = Comparable.of(codec as t.Type<unknown>)
      fc.assert(
        fc.property(Arbitrary.of(codec as t.Type<unknown>), value => {
          const once = form(value)
          expect(codec.is(once)).toBe(true)
          expect(form(once)).toStrictEqual(once)
        }),
        { numRuns: 60 },
      )
      expect(Meta.of(codec).title).toBe(codec.name)
    },
  )
})
