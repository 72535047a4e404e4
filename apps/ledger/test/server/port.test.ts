import * as Effect from 'effect/Effect'
import { expect, test } from 'vitest'
import { portOf } from '../../src/server/port.ts'

const port = (text: string | undefined) => Effect.runSync(portOf(text))

test('portOf reads a port, and takes the usual one when none is said', () => {
  expect(['0', '80', '65535', '', undefined].map(port)).toEqual([0, 80, 65535, 4321, 4321])
})

test('portOf says what a port is', () => {
  for (const text of ['-1', '65536', '8o8o', '1.5', '1e3', ' 1'])
    expect(Effect.runSync(Effect.flip(portOf(text))).message).toBe(
      `PORT is "${text}": it has to be a number from 0 to 65535.`,
    )
})
