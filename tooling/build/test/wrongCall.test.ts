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
    `Missing value for flag --sort. Expected: ${Array.from({ length: 50 }, (_, i) => `"column_${i}"`).join(' | ')}`,
    'Missing value for flag --sort. Expected: column_0, column_1, column_2, column_3, column_4, column_5, column_6, column_7, column_8, column_9, column_10, …. See finetune --help.',
  ],
  [
    'Unexpected positional arguments: "a", "b", "c", "d", "e"',
    'Unexpected positional arguments: "a", "b", "c" and 2 more. See finetune --help.',
  ],
  [
    'Unrecognized flag: -n in command finetune validate\n\n  Did you mean this?\n    --db',
    'Unrecognized flag: -n. See finetune --help.',
  ],
  [
    'Invalid value for flag --limit: "3 occurrences". Expected: at most 1 value',
    'Flag --limit is passed 3 times, and takes one value. See finetune --help.',
  ],
  [
    'Invalid value for flag --limit: "x". Expected a string representing a finite number',
    'Invalid value for flag --limit: "x". Expected a number. See finetune --help.',
  ],
])('wrongCall shortens %j', (message, line) => {
  expect(wrongCall('finetune', [{ message }])).toBe(line)
})

const choice = (word: string) => ({
  message: `Invalid value for flag --kind: "${word}". Expected: "job" | "file"`,
})
const suggest = (word: string, among: ReadonlyArray<string>) => among.find(name => word.startsWith(name))
const remedy = (line: string) => (line.includes('--kind') ? 'Pass a kind.' : undefined)

test('wrongCall suggests a value, and appends a remedy once', () => {
  expect(wrongCall('finetune', [choice('jobs'), choice('x')], { suggest, remedy })).toBe(
    'Invalid value for flag --kind: "jobs" (did you mean job?). Expected: job, file; Invalid value for flag --kind: "x". Expected: job, file. Pass a kind. See finetune --help.',
  )
})

test('wrongCall complains once of a word whose letters are no flags', () => {
  const letters = ['x', '.', 's', 'n', 'x'].map(letter => ({
    message: `Unrecognized flag: -${letter} in command finetune`,
  }))
  expect(wrongCall('finetune', [...letters, { message: 'Missing required argument: a' }])).toBe(
    'Unrecognized flags: -x, -., -s, -n; Missing required argument: a. See finetune --help.',
  )
})
