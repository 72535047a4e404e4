import { assert, describe, it } from 'vitest'
import { pluralize } from '../src/pluralize.ts'

describe('pluralize', () => {
  it('writes the plural of a noun as English does', () => {
    assert.deepStrictEqual(
      [1, 2].flatMap(count => ['run', 'watch', 'class'].map(noun => pluralize(count, noun))),
      ['1 run', '1 watch', '1 class', '2 runs', '2 watches', '2 classes'],
    )
  })
})
