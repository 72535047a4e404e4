import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { decode, draw } from '@finetune-kit/codec'
import type * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import * as model from '@finetune-kit/model'

/**
 * A file is a test: `fixtures/<codec>/accepted/*.json` decode to themselves,
 * `fixtures/<codec>/refused/*.json` to the text in the file of the same name (`DRAW=1` writes it
 * again, to be read before it is committed).
 */
const folder = new URL('./fixtures/', import.meta.url)

const names = (path: string): ReadonlyArray<string> =>
  readdirSync(new URL(path, folder))
    .filter(name => name.endsWith('.json'))
    .map(name => name.slice(0, -'.json'.length))

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'))

describe.each(readdirSync(folder))('%s', name => {
  const codec = (model as unknown as Record<string, t.Mixed>)[name] as t.Mixed

  test.each(names(`${name}/accepted/`))('decode accepts %s as it is', file => {
    const value = read(`${name}/accepted/${file}.json`)
    const result = decode(codec)(value)
    expect(result._tag === 'Left' ? draw(result.left) : undefined).toBeUndefined()
    expect(result).toHaveProperty('right')
    expect((result as { right: unknown }).right).toBe(value)
    expect(codec.is(value)).toBe(true)
  })

  test.each(names(`${name}/refused/`))('decode refuses %s', file => {
    const result = decode(codec)(read(`${name}/refused/${file}.json`))
    if (result._tag === 'Right') throw new Error('accepted')
    const text = new URL(`${name}/refused/${file}.txt`, folder)
    if (process.env['DRAW']) writeFileSync(text, `${draw(result.left)}\n`)
    expect(`${draw(result.left)}\n`).toBe(readFileSync(text, 'utf8'))
  })
})
