import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { decode, record, Validator } from '@finetune-kit/codec'

/**
 * A value of `length` levels, each made by `within` from the one below; the last one is invalid.
 */
const chain = (length: number, within: (u: object) => object): object => {
  let value: object = { n: 'a' }
  for (let i = 0; i < length; i++) value = { n: 1, next: within(value) }
  return value
}

test('Validator answers for deep and cyclic values, where io-ts overflows', () => {
  const List: t.Any = t.recursion<any>('List', self => record('List', {}, { next: self }))
  const cyclic: { next?: unknown } = {}
  cyclic.next = cyclic
  let deep: object = {}
  for (let i = 0; i < 100_000; i++) deep = { next: deep }
  for (const u of [cyclic, deep]) {
    expect(Validator.of(List).accepts(u)).toBe(false)
    expect(decode(List)(u)).toMatchObject({
      left: { issues: [{ expected: 'List, nested less deeply' }] },
    })
  }
  expect(Validator.of(List).accepts({ next: { next: {} } })).toBe(true)
})

test('Validator goes through a deep value with a fault at its end in linear time', () => {
  let reads = 0
  const counted = t.refinement(t.number, () => {
    reads++
    return true
  })
  const listOf = (next: (self: t.Any) => t.Any): t.Any =>
    t.recursion<any>('List', self => record('List', { n: counted }, { next: next(self) }))
  const lists = [
    [listOf(self => self), (u: object) => u],
    [listOf(self => t.type({ in: self })), (u: object) => ({ in: u })],
    [listOf(self => t.array(t.type({ in: self }))), (u: object) => [{ in: u }]],
  ] as const
  for (const [List, within] of lists)
    for (const length of [100, 200]) {
      reads = 0
      expect(Validator.of(List).decode(chain(length, within))._tag).toBe('Left')
      expect(reads).toBeLessThanOrEqual(4 * length)
    }
})
