import type { Store } from '@finetune-kit/store'
import type { Life } from '@finetune-kit/watch/testing'
import * as Effect from 'effect/Effect'
import { expect } from 'vitest'
import { expectInOrder } from './expectInOrder.ts'

interface ItemRow {
  readonly kind: string
  readonly body: string
}

/**
 * Checks that a store has a life whole: each event, checkpoint and file once and in order.
 * `isExact`: no fault changed the order of a list.
 */
export const expectStored = (store: Store, life: Life, isExact = true) =>
  Effect.gen(function* () {
    const items = yield* store.sql<ItemRow>`select kinds.text as kind, body
      from items join names runs on runs.name = run_name join names kinds on kinds.name = kind_name
      where runs.text = ${life.id} order by seq`
    const recordsOf = (kind: string) =>
      items.filter(item => item.kind === kind).map(({ body }) => JSON.parse(body) as { readonly id: string })
    const same = isExact
      ? (found: unknown, expected: unknown) => expect(found).toEqual(expected)
      : expectInOrder
    const { snapshots, damage } = yield* store.run({ id: life.id })
    expect(damage).toBeUndefined()
    expect(snapshots.at(-1)?.value).toEqual(life.states.at(-1)?.value)
    const states = life.states.map(({ value }) => JSON.stringify(value))
    const order = snapshots.map(({ value }) => states.indexOf(JSON.stringify(value)))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order).not.toContain(-1)
    if (life.family === 'job') same(recordsOf('job-event'), life.events)
    same(recordsOf('checkpoint'), life.checkpoints)
    expect(recordsOf('result-file')).toEqual(
      life.files.map(({ value }) => ({
        object: 'finetune-kit.result-file',
        name: value.record.id,
        content: value.content,
      })),
    )
    expect((yield* store.verify({ id: life.id }))._tag).toBe('Sound')
  })
