import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Canonical } from '@finetune-kit/codec'
import { expect, test } from 'vitest'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Weak references of inline caches and hidden classes take a few collections to go. */
const heap = async (): Promise<number> => {
  for (let i = 0; i < 6; i++) {
    collect()
    await setTimeout(10)
  }
  return process.memoryUsage().heapUsed
}

const keyOf = (i: number): string => Buffer.alloc(500_000, `key ${i} `).toString('latin1')

test('sortKeys caches no order of keys that are long', async () => {
  const before = await heap()
  for (let i = 0; i < 100; i++) Canonical.stringify({ [keyOf(i)]: 1, a: 2 })
  expect((await heap()) - before).toBeLessThan(10_000_000)
})

test('sortKeys keeps no long keys in the code that it generates', async () => {
  const before = await heap()
  for (let place = 0; place < 100; place++)
    for (let i = 0; i < 6; i++)
      Canonical.stringify({ [`place${place}`]: { [keyOf(place * 6 + i)]: 1, a: 2 }, z: 0 })
  expect((await heap()) - before).toBeLessThan(10_000_000)
})

test('sortKeys sorts long keys like short ones', () => {
  const long = keyOf(1)
  expect(Canonical.stringify({ [long]: 1, a: 2 })).toEqual({
    _tag: 'Right',
    right: `{"a":2,${JSON.stringify(long)}:1}`,
  })
})
