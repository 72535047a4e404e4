import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as Effect from 'effect/Effect'
import * as Option from 'effect/Option'
import { describe, expect, test } from 'vitest'
import { commandNames } from '../src/finetuneCommand.ts'
import { helpDocs } from '../src/manual/helpDocs.ts'
import { manualPage } from '../src/manual/manualPage.ts'

const docs = await Effect.runPromise(helpDocs)
const [root, ...commands] = docs

test('helpDocs has the help of finetune and of each command, in order', () => {
  expect(root?.usage).toMatch(/^finetune <subcommand>/)
  expect(commands.map(({ usage }) => usage.split(' ')[1])).toEqual(commandNames)
})

describe.each(docs.map(doc => [doc.usage, doc] as const))('the help of %s', (usage, doc) => {
  test('says which exit codes there are', () => {
    expect(doc.description).toMatch(/ Exit code: 0.*\b2 if .+\.$/)
  })

  test('has examples, with flags that exist', () => {
    const name = usage.split(' ')[1]
    expect(doc.examples?.length).toBeGreaterThan(0)
    if (doc === root) return
    const known = doc.flags.flatMap(flag => [flag.name, ...flag.aliases].map(word => word.replace(/^-+/, '')))
    for (const { command } of doc.examples ?? []) {
      const calls = command
        .replaceAll(/'[^']*'/g, '')
        .split(/[|"]/)
        .filter(part => part.includes('finetune '))
      expect(calls.join(), command).toContain(`finetune ${name}`)
      for (const call of calls.filter(part => part.includes(`finetune ${name}`)))
        for (const [, flag] of call.matchAll(/\s--?([a-z][\w-]*)/g)) expect(known, command).toContain(flag)
    }
  })

  test('describes every argument and flag', () => {
    for (const { description } of [...(doc.args ?? []), ...doc.flags])
      expect(Option.getOrElse(description, () => '').length).toBeGreaterThan(5)
  })
})

test.each(['validate', 'convert', 'hash', 'diff', 'compare', 'log', 'report', 'import'])(
  'the help of %s says that it reads folders and patterns',
  name => {
    const doc = commands.find(({ usage }) => usage.split(' ')[1] === name)
    const [first] = doc?.args ?? []
    expect(Option.getOrElse(first?.description ?? Option.none(), () => '')).toMatch(/folder.*pattern/)
  },
)

const numbers = ['limit', 'settle', 'threads']
const choices = ['format', 'kind', 'sort', 'bad', 'as', 'dialect', 'until']

test.each([...numbers, ...choices])('the help of --%s says its default', name => {
  const found = commands.flatMap(({ flags }) => flags.filter(flag => flag.name === name))
  expect(found.length).toBeGreaterThan(0)
  for (const flag of found) expect(Option.getOrElse(flag.description, () => '')).toContain('Default: ')
})

const repository = resolve(import.meta.dirname, '../../..')

/** The words after each `finetune` in the blocks of the shell of a page. */
const callsIn = (page: string): ReadonlyArray<ReadonlyArray<string>> =>
  [...page.matchAll(/^```(?:ba)?sh\n(.*?)^```/gms)]
    .map(([, block = '']) => block.replaceAll(/'[^']*'|"[^"]*"|\s#.*$|\\\n/gm, ' '))
    .flatMap(block =>
      Array.from(block.matchAll(/(?<![\w/.-])finetune ([^|&;\n]+)/g), ([, call = '']) =>
        call.trim().split(/\s+/),
      ),
    )

test.each(globSync('{.,apps/*,packages/*}/README.md', { cwd: repository }).toSorted())(
  '%s calls commands that there are, with their flags',
  path => {
    for (const words of callsIn(readFileSync(join(repository, path), 'utf8'))) {
      const doc = commands.find(({ usage }) => usage.split(' ')[1] === words[0]) ?? root
      if (doc === root) expect(words[0], words.join(' ')).toMatch(/^(help|--.+)$/)
      const flags = [...(doc?.flags ?? []), ...(root?.globalFlags ?? [])]
      const known = flags.flatMap(flag => [flag.name, ...flag.aliases].map(name => name.replace(/^-+/, '')))
      for (const word of words.filter(each => /^-\S/.test(each)))
        expect(known, words.join(' ')).toContain(word.replace(/^-+/, '').split('=')[0])
    }
  },
)

test('the value of a flag has a name in capitals, or is spelled out', () => {
  const types = commands.flatMap(({ flags }) => flags.map(({ type }) => type))
  expect(types.filter(type => type !== 'boolean' && !/[A-Z]/.test(type))).toEqual([])
})

test('a flag of the same name has the same type wherever it is', () => {
  const types = new Map<string, Set<string>>()
  for (const { name, type } of commands.flatMap(({ flags }) => flags))
    types.set(name, (types.get(name) ?? new Set()).add(type))
  expect([...types].filter(([, found]) => found.size > 1).map(([name]) => name)).toEqual([])
})

/** Commands that write records, a file or a database: what they print for people is a summary. */
const ofRecords = ['convert', 'patch', 'report', 'export', 'pull', 'watch']

test('commands that print for people print JSON too', () => {
  const withoutJson = commands.filter(({ flags }) => {
    const format = flags.find(({ name }) => name === 'format')
    return !/\bjson\b/.test(Option.getOrElse(format?.description ?? Option.none(), () => ''))
  })
  expect(ofRecords).toEqual(expect.arrayContaining(withoutJson.map(({ usage }) => usage.split(' ')[1])))
})

test('npm finds the page: of a name that is not in a list it installs none', () => {
  const { man } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(man).toEqual(['./dist/man/finetune.1'])
})

describe('manualPage', () => {
  const page = manualPage(docs)
  test('has a section for each command, and each flag', () => {
    for (const name of commandNames) expect(page).toContain(`\n.SS ${name}\n`)
    for (const { name } of commands.flatMap(({ flags }) => flags))
      expect(page).toContain(`\\fB\\-\\-${name.replaceAll('-', '\\-')}\\fR`)
  })
  test('names the variables that place the database and choose the account', () => {
    const [, section = ''] = page.split('.SH ENVIRONMENT')
    for (const name of ['DATABASE_URL', 'XDG_DATA_HOME', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID'])
      expect(section).toContain(name)
  })
  test('escapes what has a meaning in roff', () => {
    const doc = {
      ...commands[0],
      usage: 'finetune x',
      description: ".dot\n'quote \\ -",
      flags: [],
      examples: [],
    }
    expect(manualPage([root, doc] as typeof docs)).toContain("\n\\&.dot\n\\&'quote \\e \\-\n")
  })
})
