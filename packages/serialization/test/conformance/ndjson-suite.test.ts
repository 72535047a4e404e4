import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { draw } from '@finetune-kit/codec'
import { type ReadResult, Json, Ndjson, type ReaderOptions } from '@finetune-kit/serialization'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { decodeParts } from '../decodeParts.ts'

const folder = new URL('../ndjson-suite/cases/', import.meta.url)

interface Answer {
  readonly options?: ReaderOptions
  readonly records: ReadonlyArray<unknown>
  readonly rejects: ReadonlyArray<unknown>
}

/**
 * Reads an answer without `JSON.parse`, which in Node 24 confuses keys that these files contain.
 */
const answerIn = (file: URL): Answer => {
  const read = Json.of(t.unknown).decode(readFileSync(file))
  if (read._tag === 'Left') throw new Error(draw(read.left, file.pathname))
  return read.right as Answer
}

const reasons: ReadonlyArray<readonly [RegExp, string]> = [
  [/not UTF-8$/, 'encoding'],
  [/beyond the range of a double$/, 'range'],
  [/nested more than \d+ levels deep$/, 'depth'],
  [/a record longer than \d+ bytes$/, 'size'],
  [/ is there twice/, 'duplicate'],
  [/not held exactly by a double$/, 'inexact'],
]

const at = ({ line, offset }: ReadResult<unknown>) => ({ line, offset })

const answerOf = (items: ReadonlyArray<ReadResult<unknown>>): Answer => {
  return {
    records: items.flatMap(item => (item._tag === 'Record' ? [{ ...at(item), value: item.value }] : [])),
    rejects: items.flatMap(item => {
      if (item._tag === 'Record') return []
      const text = draw(item.error)
      return [{ ...at(item), reason: reasons.find(([words]) => words.test(text))?.[1] ?? 'syntax' }]
    }),
  }
}

const names = readdirSync(folder)
  .filter(name => name.endsWith('.ndjson'))
  .map(name => name.slice(0, -'.ndjson'.length))

test('the NDJSON suite is there', () => {
  expect(names.length).toBe(47)
  const answers = readdirSync(folder).filter(name => name.endsWith('.json'))
  expect(answers).toEqual(names.map(name => `${name}.json`))
})

test.each(names)('Ndjson passes our NDJSON suite, cut at every byte: %s', name => {
  const input = new Uint8Array(readFileSync(new URL(`${name}.ndjson`, folder)))
  const { options, ...answer } = answerIn(new URL(`${name}.json`, folder))
  const read = decodeParts(Ndjson.of(t.unknown), options)
  const whole = read([input])
  // toStrictEqual would read a value's `constructor`, which is a key here
  if (!isDeepStrictEqual(answerOf(whole), { records: answer.records, rejects: answer.rejects }))
    expect(answerOf(whole)).toStrictEqual(answer)
  // the one long input is sampled: all positions inside its nesting are alike
  const step = input.length > 10_000 ? 997 : 1
  for (let cut = 0; cut <= input.length; cut += step)
    if (!isDeepStrictEqual(read([input.slice(0, cut), input.slice(cut)]), whole)) expect.fail(`cut at ${cut}`)
})
