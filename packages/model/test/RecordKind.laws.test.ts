import { decode, draw } from '@finetune-kit/codec'
import { Arbitrary } from '@finetune-kit/codec/testing'
import { RecordKind } from '@finetune-kit/model'
import * as fc from 'fast-check'
import type * as t from 'io-ts'
import { describe, expect, test } from 'vitest'

type Fields = Readonly<Record<string, unknown>>

const objects = ['fine-tune', 'fine-tune-event', 'event', 'file', 'fine_tuning.job', 'list']

/** The marks that codecs leave open: a legacy `object` is any text, and so is an id. */
const marks: ReadonlyArray<Fields> = [
  {},
  ...objects.map(object => ({ object })),
  { object: 'fine-tune', id: `ft-${'0f'.repeat(16)}` },
  { object: 'event', type: 'batch.completed' },
]

/** A record with the marks of its kind, in its items if it is a list; undefined if none fits. */
const marked = (kind: RecordKind.RecordKind, value: Fields): Fields | undefined => {
  const { data } = value
  const candidates =
    kind.isList && Array.isArray(data)
      ? marks.map(mark =>
          Object.assign({}, value, {
            object: 'list',
            data: (data as ReadonlyArray<Fields>).map(item => Object.assign({}, item, mark)),
          }),
        )
      : marks.map(mark => Object.assign({}, value, mark))
  return candidates.find(kind.matches)
}

const kinds = RecordKind.all.flatMap(kind =>
  (['codec', 'contract'] as const).map(reading => [kind.name, reading, kind] as const),
)

describe('RecordKind.detect agrees with the codecs', () => {
  test.each(kinds)('what is a %s by its %s decodes as the kind that is detected', (_, reading, kind) => {
    let tried = 0
    fc.assert(
      fc.property(Arbitrary.of(kind[reading] as t.Type<Fields>), value => {
        const record = marked(kind, value)
        if (record === undefined || !kind[reading].is(record)) return
        tried++
        const detected = RecordKind.detect(record)
        if (detected._tag === 'Left') throw new Error(detected.left)
        const decoded = decode(detected.right.codec)(record)
        if (decoded._tag === 'Left') throw new Error(`${detected.right.name}: ${draw(decoded.left)}`)
      }),
      { numRuns: 100 },
    )
    expect(tried).toBeGreaterThan(50)
  })

  test.each(kinds)('what is nearly a %s by its %s is detected without an exception', (_, reading, kind) => {
    fc.assert(
      fc.property(Arbitrary.mutants(kind[reading], { notJson: true }), value => {
        const detected = RecordKind.detect(value)
        if (detected._tag === 'Right') decode(detected.right.codec)(value)
      }),
      { numRuns: 50 },
    )
  })

  test('a value that cannot be read is of no kind', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const throwing = {
      get object(): never {
        throw new Error('no')
      },
    }
    for (const value of [throwing, proxy, { object: 1n }])
      expect(RecordKind.detect(value)).toMatchObject({ _tag: 'Left' })
  })
})
