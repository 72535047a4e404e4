import { spawnSync } from 'node:child_process'
import * as t from 'io-ts'
import { expect, test } from 'vitest'
import { record, Validator } from '@finetune-kit/codec'
import { agrees } from './agrees.ts'

test('Validator puts keys and literals into its code as nothing but strings', () => {
  const keys = [
    "'",
    '"',
    '`',
    '\\',
    '\n',
    '\u2028\u2029',
    '\ud800',
    '"]; globalThis.broken = 1; x["',
    '${globalThis.broken = 1}',
    '*/ globalThis.broken = 1 /*',
    '</script>',
    'constructor',
    '__proto__',
    'prototype',
    'hasOwnProperty',
    'k[0]',
    '',
  ]
  for (const key of keys) {
    const props: t.Props = Object.defineProperty({}, key, { value: t.literal(key), enumerable: true })
    const good = JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(key)}}`)
    agrees(t.type(props), good, {}, { [key]: 1 }, [])
    agrees(t.partial(props), good, {}, { [key]: 1 })
    agrees(t.strict(props), good, { ...good, other: 1 })
    agrees(t.keyof(JSON.parse(`{${JSON.stringify(key)}:null}`)), key, 'x')
    agrees(t.union([t.literal(key), t.null]), key, 'x', null)
    if (key !== '__proto__') agrees(record(key, {}, props), good, {}, { [key]: 1 })
  }
  expect(globalThis).not.toHaveProperty('broken')
})

test('Validator keeps its code linear where a codec is used in many places', () => {
  const nest = (codec: t.Any, depth: number): t.Any =>
    depth === 0 ? codec : nest(t.type({ a: codec, b: codec, c: codec }, 'Nest'), depth - 1)
  // inlined everywhere, it would not fit into memory
  expect(Validator.of(nest(t.string, 40)).accepts({})).toBe(false)
})

test('Validator gives the same answers where code generation is forbidden, or not wanted', () => {
  const program = `
    import * as t from 'io-ts'
    import { codeGeneration, decode, Eq, Integer, record, Validator } from '@finetune-kit/codec'
    if (process.argv[1] === 'told') codeGeneration(false)
    const Inner = record('Inner', { n: Integer }, { note: t.string })
    const Outer = record('Outer', { id: t.string, inner: t.array(Inner) })
    const value = { id: 'a', inner: [{ n: 1 }] }
    const answers = [value, { id: 'a', inner: [{ n: 1, note: undefined }] }, { id: 1, inner: [{ n: 'n' }, 2] }, null]
      .map(u => decode(Outer)(u))
    console.log(JSON.stringify([Validator.of(Outer).accepts(value), answers[0].right === value, answers, Outer.is(value), Eq.of(Outer).equals(value, { ...value })]))`
  const run = (flags: ReadonlyArray<string>, ...args: ReadonlyArray<string>) => {
    const options = { cwd: import.meta.dirname, encoding: 'utf8' } as const
    const node = [
      '--conditions=@finetune-kit/source',
      '--input-type=module',
      ...flags,
      '-e',
      program,
      ...args,
    ]
    const { stdout, stderr } = spawnSync(process.execPath, node, options)
    return stdout === '' ? stderr : (JSON.parse(stdout) as [boolean, ...unknown[]])
  }
  const [accepts, ...answers] = run([])
  expect(accepts).toBe(true)
  expect(answers[0]).toBe(true)
  expect(run(['--disallow-code-generation-from-strings'])).toEqual([false, ...answers])
  expect(run(['--disallow-code-generation-from-strings'], 'told')).toEqual([false, ...answers])
  expect(run([], 'told')).toEqual([false, ...answers])
  expect(run(['--disable-proto=throw'])).toEqual([false, ...answers])
  expect(run(['--disable-proto=delete'])).toEqual([true, ...answers])
})
