import { expect, test } from 'vitest'
import { wrongCall } from '../src/wrongCall.ts'

test('wrongCall tells all errors in one line', () => {
  const unknown = { message: 'Unknown subcommand "valdate"\n\n  Did you mean this?\n\n    validate\n' }
  expect(wrongCall('finetune', [unknown, { message: 'Unrecognized flag: --x' }])).toBe(
    'Unknown subcommand "valdate" (did you mean validate?); Unrecognized flag: --x. See finetune --help.',
  )
})
