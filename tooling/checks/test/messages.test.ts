/** Messages of the programs and of the libraries below them: `subject: problem. remedy.` */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

interface Message {
  readonly at: string
  readonly text: string
}

/** The texts that are written where an error is made; what is put into them becomes `…`. */
const textsOf = (calls: RegExp): ReadonlyArray<Message> =>
  globSync(['apps/*/src/**/*.ts', 'packages/*/src/**/*.ts'], { cwd: root }).flatMap(file => {
    const source = readFileSync(join(root, file), 'utf8')
    return [...source.matchAll(calls)]
      .filter(([, quoted = '']) => quoted.includes(' '))
      .map(({ 1: quoted = '', index }) => ({
        at: `${file}:${source.slice(0, index).split('\n').length}`,
        text: withoutParts(quoted.slice(1, -1)),
      }))
  })

const messages = textsOf(
  /\b(?:cliError|ledgerError|storeError|serviceError)\(\s*(?:'\w+',\s*)?(`[^`]+`|'(?:[^'\\]|\\.)+'|"[^"]+")/g,
)

/** The reasons of file errors: they follow the name of the file, and a full stop follows them. */
const reasons = textsOf(/\bfileError\(\s*[\w.[\]!? ()]+?,\s*(`[^`]+`|'(?:[^'\\]|\\.)+')/g)

/** Replaces `${…}`, which may nest. */
function withoutParts(text: string): string {
  const inner = text.replaceAll(/\$\{[^${}]*(?:\{[^{}]*\}[^{}]*)*\}/g, '…')
  return inner === text ? text : withoutParts(inner)
}

/** True if the end of a message comes from elsewhere, with its remedy. */
const isComposed = (text: string): boolean => /…\.?$/.test(text)

test('every message names its subject, the problem and the remedy', () => {
  expect(messages.length).toBeGreaterThan(50)
  const others = messages.filter(({ text }) => !/^[^.]+: .+\. .+\.$/s.test(text) && !isComposed(text))
  expect(others).toEqual([])
})

test('a message that ends with a part has a subject too', () => {
  const composed = messages.filter(({ text }) => isComposed(text))
  expect(composed.filter(({ text }) => !/^[^:]+:/.test(text))).toEqual([])
})

test('the reason of a file error is a problem and its remedy', () => {
  expect(reasons.length).toBeGreaterThan(8)
  expect(reasons.filter(({ text }) => !/\. .*[^.]$/.test(text) && !isComposed(text))).toEqual([])
})
