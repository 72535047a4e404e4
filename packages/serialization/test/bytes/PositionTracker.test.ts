import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { positionTracker } from '../../src/bytes/PositionTracker.ts'

const part = fc.constantFrom('a', '{"b":1}', '\n', '\r', '\r\n', 'é', '😀', ' '.repeat(40))
const text = fc
  .tuple(fc.constantFrom('', '\ufeff'), fc.array(part))
  .map(([mark, parts]) => mark + parts.join(''))

/** The position after a prefix of an input. */
const behind = (bytes: Buffer) => {
  // LF, CR LF and CR end lines, and so does a CR whose LF has not come yet
  const [last = '', ...lines] = bytes
    .toString('latin1')
    .split(/\r\n|\n|\r/)
    .toReversed()
  const characters = last.replaceAll(/[\x80-\xbf]/g, '').length
  const isMarked = lines.length === 0 && last.startsWith('\u00ef')
  return { offset: bytes.length, line: lines.length + 1, column: 1 + characters - (isMarked ? 1 : 0) }
}

test('placer gives the line and the column of every place, wherever the input is cut', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(60), { maxLength: 4 }), fc.nat(5), (written, cuts, step) => {
      const input = Buffer.from(written)
      const { at, next } = positionTracker()
      let from = 0
      for (const size of [...cuts, input.length]) {
        const piece = input.subarray(from, from + size)
        for (let i = 0; i <= piece.length; i += step + 1)
          // no position is asked for between a CR and its LF
          if (!(input[from + i - 1] === 13 && input[from + i] === 10))
            expect(at(piece, i)).toEqual(behind(input.subarray(0, from + i)))
        next(piece)
        from += piece.length
      }
    }),
    { numRuns: 500 },
  )
})
