import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import * as model from '@finetune-kit/model'
import type * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { Change, changeHtml, changeMarkdown, changeText } from '@finetune-kit/diff/story'

/**
 * A folder is a test: `fixtures/Change/<codec>/<case>/` has two records and their changes in every
 * form (`DRAW=1` writes the texts again, to be read before they are committed). A case named
 * `secrets` is redacted.
 */
const folder = new URL('../fixtures/Change/', import.meta.url)

const forms = { 'text.txt': changeText, 'markdown.md': changeMarkdown, 'page.html': changeHtml } as const

describe.each(readdirSync(folder))('%s', name => {
  const codec = (model as unknown as Record<string, t.Mixed>)[name] as t.Mixed

  describe.each(readdirSync(new URL(`${name}/`, folder)))('Change.of tells of %s', kind => {
    const at = (file: string) => new URL(`${name}/${kind}/${file}`, folder)
    const read = (file: string): unknown => JSON.parse(readFileSync(at(file), 'utf8'))

    test.each(Object.keys(forms) as ReadonlyArray<keyof typeof forms>)('in %s', form => {
      const [before, after] = [read('before.json'), read('after.json')]
      expect([codec.is(before), codec.is(after)]).toEqual([true, true])
      const changes = Change.of(codec)(before, after)
      const drawn = `${forms[form](changes, { redacted: kind === 'secrets' })}\n`
      if (process.env['DRAW']) writeFileSync(at(form), drawn)
      expect(existsSync(at(form))).toBe(true)
      expect(drawn).toBe(readFileSync(at(form), 'utf8'))
    })
  })
})
