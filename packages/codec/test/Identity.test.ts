import { annotate, Identity, record } from '@finetune-kit/codec'
import * as t from 'io-ts'
import { expect, test } from 'vitest'

const Item = record('Item', { id: t.string })

test('Identity reads the own key that a codec states', () => {
  const { by, key, idOf } = Identity.of(annotate(Item, { identity: { key: 'id' } }))
  expect([by, key]).toEqual(['key', 'id'])
  expect(idOf({ id: 'a' })).toBe('a')
  expect(idOf({})).toBeUndefined()
  expect(idOf(Object.create({ id: 'inherited' }))).toBeUndefined()
  expect(idOf(null)).toBeUndefined()
})

test('Identity reads own keys only, also for names that objects inherit', () => {
  expect(Identity.of(annotate(Item, { identity: { key: 'constructor' } })).idOf({})).toBeUndefined()
})

test('Identity tells values that are their own identity from those of which nothing is stated', () => {
  expect(Identity.of(annotate(Item, { identity: 'value' }))).toMatchObject({ by: 'value', key: undefined })
  expect(Identity.of(Item)).toMatchObject({ by: 'unstated', key: undefined })
  expect(Identity.of(Item).idOf({ id: 'a' })).toBeUndefined()
})
