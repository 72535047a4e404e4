import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as model from '@finetune-kit/model'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../../..')

/** The values that an entry exports, by its API report. */
const valuesOf = (report: string): ReadonlySet<string> => {
  const text = readFileSync(join(root, report), 'utf8')
  const declared = [...text.matchAll(/^(?:export |declare )+(?:const|function|class|namespace) (\w+)/gm)]
  const named = [...text.matchAll(/^export \{ (?:\w+ as )?(\w+) \}/gm)]
  return new Set([...declared, ...named].map(([, name = '']) => name))
}

/** The codecs of records, whose names are those of the API: see docs/adr/0018-names-of-an-entry.md. */
const codecs = new Set(
  Object.entries(model)
    .filter(([, value]) => typeof value === 'object' && 'validate' in value)
    .map(([name]) => name),
)

test.each(globSync('packages/*/etc/*.api.md', { cwd: root }).toSorted())(
  '%s: at most 30 values, without records',
  report => {
    const values = valuesOf(report)
    const counted = report.startsWith('packages/model/')
      ? [...values].filter(name => !codecs.has(name))
      : [...values]
    expect(counted.length, counted.join(' ')).toBeLessThanOrEqual(30)
  },
)

test('the records of the model are found in its report', () => {
  const values = valuesOf('packages/model/etc/index.api.md')
  expect([...codecs].filter(name => !values.has(name))).toEqual([])
  expect(codecs.size).toBeGreaterThan(60)
})
