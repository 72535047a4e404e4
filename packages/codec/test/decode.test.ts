import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { decode, draw, record } from '@finetune-kit/codec'

const Point = record('Point', { x: t.number }, { list: t.array(t.string) })

const textOf = (codec: t.Any, u: unknown): string => {
  const result = decode(codec)(u)
  return result._tag === 'Left' ? draw(result.left) : 'valid'
}

const throwing = (): object =>
  Object.defineProperty({}, 'x', {
    enumerable: true,
    get: () => {
      throw new Error('no value yet')
    },
  })

const revoked = (target: object): unknown => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

test.each([Point, t.type({ x: t.number }), t.union([Point, t.string]), t.strict({ x: t.number })])(
  'decode returns an error for a getter that throws, %#',
  codec => {
    expect(textOf(codec, throwing())).toBe('reading the value throws: no value yet')
  },
)

test.each([{}, []])('decode returns an error for a revoked proxy, %#', target => {
  const text = /^reading the value throws: .*revoked/
  expect(textOf(Point, revoked(target))).toMatch(text)
  expect(textOf(Point, { x: 1, list: revoked(target) })).toMatch(text)
})

test('decode returns an error for a proxy that throws for every key', () => {
  const proxy: unknown = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no key')
      },
    },
  )
  for (const value of [proxy, { x: 1, list: [proxy] }])
    expect(textOf(t.type({ x: t.unknown, list: t.array(Point) }), value)).toBe(
      'reading the value throws: no key',
    )
})

test('decode returns an error for a getter that throws something odd', () => {
  const odd = Object.defineProperty({}, 'x', {
    get: () => {
      // oxlint-disable-next-line no-throw-literal, only-throw-error -- the oddity is the case
      throw revoked({})
    },
  })
  expect(textOf(Point, odd)).toBe('reading the value throws: an unknown error')
})

test('draw shows a value that cannot be read as an object', () => {
  const error = { path: [], expected: 'string', actual: revoked([]) }
  expect(draw({ _tag: 'Invalid', issues: [error], more: 0 })).toBe('expected string, found an object')
})

test.each([
  ['a value that it takes', 'text'],
  ['a value that it refuses', 1],
])('decode asks a codec of unknown structure once about %s', (_, value) => {
  let validations = 0
  let guards = 0
  const Opaque = new t.Type<string>(
    'Opaque',
    (u): u is string => {
      guards++
      return t.string.is(u)
    },
    (u, context) => {
      validations++
      return t.string.validate(u, context)
    },
    t.identity,
  )
  expect(decode(Opaque)(value)._tag).toBe(t.string.is(value) ? 'Right' : 'Left')
  expect({ validations, guards }).toEqual({ validations: 1, guards: 0 })
})
