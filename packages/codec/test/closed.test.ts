import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { closed, decode, draw, Eq, Integer, Meta, nullable, record, Validator } from '@finetune-kit/codec'

const Item = record('Item', { id: t.string }, { note: nullable(t.string) })
const Order = record('Order', { n_epochs: Integer, items: t.array(Item) }, { best: nullable(Item) })

const textOf = (codec: t.Mixed, value: unknown): string => {
  const result = decode(codec)(value)
  return result._tag === 'Left' ? draw(result.left) : 'nothing is wrong'
}
const parsed = (text: string): object => JSON.parse(text)

test('closed accepts what names no unknown key, and gives it back as it is', () => {
  const order = { n_epochs: 1, items: [{ id: 'a', note: null }], best: { id: 'b' } }
  expect((decode(closed(Order))(order) as { right: unknown }).right).toBe(order)
  expect(closed(Order).is(order)).toBe(true)
  expect(Validator.of(closed(Order)).accepts(order)).toBe(true)
  expect(closed(Order).is({ ...order, best: { id: 'b', x: 1 } })).toBe(false)
})

test('closed refuses each unknown key by its path, at every level, beside other mistakes', () => {
  const value = {
    n_epoch: 4,
    items: [{ id: 1, ID: 'a' }],
    best: { id: 'b', other: null },
    completely_different: [],
  }
  expect(textOf(closed(Order), value)).toBe(
    [
      '/n_epochs: missing, expected integer',
      '/items/0/id: expected string, found 1',
      '/items/0/ID: expected no such key (is it "id"?), found "a"',
      '/n_epoch: expected no such key (is it "n_epochs"?), found 4',
      '/completely_different: expected no such key, found an empty list',
      '/best/other: expected no such key, found null',
    ].join('\n'),
  )
})

test('closed calls an unknown key with the value undefined by that value, not missing', () => {
  expect(textOf(closed(Item), { id: 'a', not: undefined })).toBe(
    '/not: expected no such key (is it "note"?), found undefined',
  )
})

test('closed takes own keys named __proto__ and constructor for unknown ones', () => {
  const hostile = parsed('{"id":"a","__proto__":{"polluted":1},"constructor":2}')
  expect(textOf(closed(Item), hostile)).toBe(
    '/__proto__: expected no such key, found an object\n/constructor: expected no such key, found 2',
  )
})

test('closed bounds what it says about a great many unknown keys', () => {
  const value = { id: 'a', ...Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`idd${i}`, i])) }
  expect(textOf(closed(Item), value).split('\n').at(-1)).toMatch(/^… and at least \d+ more$/)
})

test('closed closes the members of unions, tuples, dictionaries, refinements and recursions', () => {
  interface Tree {
    readonly id: string
    readonly children?: Array<Tree>
  }
  const Tree: t.Type<Tree> = t.recursion('Tree', () =>
    record('Tree', { id: t.string }, { children: t.array(Tree) }),
  )
  const Many = t.union([
    t.tuple([Item, t.string]),
    t.type({ by: t.record(t.string, Item) }),
    t.refinement(Tree, ({ id }) => id !== '', 'named tree'),
  ])
  expect(textOf(closed(Many), [{ id: 'a' }, 'b'])).toBe('nothing is wrong')
  expect(textOf(closed(Many), [{ id: 'a', x: 1 }, 'b'])).toBe('/0/x: expected no such key, found 1')
  expect(textOf(closed(Many), { by: { any: { id: 'a', x: 1 } } })).toBe(
    '/by/any/x: expected no such key, found 1',
  )
  expect(textOf(closed(Many), { id: 'a', children: [{ id: 'b', x: 1 }] })).toBe(
    '/children/0/x: expected no such key, found 1',
  )
})

test('closed keeps names and facts, and leaves the codec as it was', () => {
  expect(closed(Order).name).toBe('Order')
  expect(Meta.of(closed(Order))).toEqual(Meta.of(Order))
  expect(Order.is({ n_epochs: 1, items: [], more: 1 })).toBe(true)
  expect(Eq.of(closed(Item)).equals({ id: 'a' }, { id: 'a' })).toBe(true)
})

test('closed refuses, at load, an intersection that is not simply one object', () => {
  const Odd = t.intersection(
    [t.type({ a: t.string }), t.refinement(t.type({ b: t.string }), () => true)],
    'Odd',
  )
  expect(() => closed(Odd)).toThrow(/^closed cannot be derived from Odd: /)
})
