import { expect, test } from 'vitest'
import { wrongCall } from '../src/wrongCall.ts'

test('wrongCall tells all errors in one line', () => {
  const unknown = { message: 'Unknown subcommand "valdate"\n\n  Did you mean this?\n\n    validate\n' }
  expect(wrongCall('finetune', [unknown, { message: 'Unrecognized flag: --x' }])).toBe(
    'Unknown subcommand "valdate" (did you mean validate?); Unrecognized flag: --x. See finetune --help.',
  )
})

test.each([
  [
    'Unrecognized flag: --fromat in command finetune validate\n\n  Did you mean this?\n    --from\n    --format',
    'Unrecognized flag: --fromat (did you mean --from or --format?). See finetune --help.',
  ],
  [
    'Invalid value for flag --to: "x". Expected: "id" | "kind"',
    'Invalid value for flag --to: "x". Expected: id, kind. See finetune --help.',
  ],
  [
    `Invalid value for flag --sort: "x". Expected: ${Array.from({ length: 50 }, (_, i) => `"column_${i}"`).join(' | ')}`,
    'Invalid value for flag --sort: "x". Expected: column_0, column_1, column_2, column_3, column_4, column_5, column_6, column_7, column_8, column_9, column_10, …. See finetune --help.',
  ],
  [
    'Invalid value for flag --limit: "x". Expected a string representing a finite number',
    'Invalid value for flag --limit: "x". Expected a number. See finetune --help.',
  ],
])('wrongCall shortens %j', (message, line) => {
  expect(wrongCall('finetune', [{ message }])).toBe(line)
})
