import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Example, examplesOf, moduleOf } from '../examples.ts'

/** A program for a browser or a server: decodes, compares and tells. */
export const userProgram = `import { decode, draw } from '@finetune-kit/codec'
import { Change, changeText } from '@finetune-kit/diff/story'
import { FineTuneSnapshot } from '@finetune-kit/model'
import { simulateRuns } from '@finetune-kit/model/testing'

const [before] = simulateRuns()
const wrong = decode(FineTuneSnapshot)({ ...before, status: null })
if (before === undefined || wrong._tag === 'Right') throw new Error('a run without a status is accepted')
const told: string = changeText(Change.of(FineTuneSnapshot)(before, { ...before, status: 'cancelled' }))
if (!told.includes('cancelled')) throw new Error(\`no status in: \${told}\`)
console.log(draw(wrong.left))
`
export const userPrints = '/status: expected string, found null'

/** A program that uses every entry and every type, with an error that the compiler must find. */
export const typedProgram = (entries: ReadonlyArray<string>): string =>
  `${entries.map((entry, i) => `import * as e${i} from '${entry}'`).join('\n')}
import { decode } from '@finetune-kit/codec'
import { FineTune, type FineTuneSnapshot } from '@finetune-kit/model'
const result = decode(FineTune)({})
if (result._tag === 'Right') {
  const model: string = result.right.fine_tuned_model
  const snapshot: FineTuneSnapshot = result.right
  // @ts-expect-error: a field that does not exist
  console.log(model, snapshot.nope)
}
console.log(${entries.map((_, i) => `e${i}`).join(', ')})
`

/** The examples of the READMEs and the guide as they are shown, for a compiler. */
export const shownModules = (root: string): ReadonlyMap<string, string> =>
  new Map(
    examplesOf(root)
      .filter(({ inSource }) => !inSource)
      .map(({ file, line, code }) => [
        `shown/${file.replaceAll(/\W/g, '-')}-${line}.ts`,
        `export {}\n${code}`,
      ]),
  )

/** The examples of the READMEs and the guide as modules, and one that runs and counts them. */
export const exampleModules = (
  root: string,
  isWanted: (example: Example) => boolean = () => true,
): ReadonlyMap<string, string> => {
  const shown = examplesOf(root).filter(example => !example.inSource && isWanted(example))
  const modules = shown.map(example => {
    const path = `examples/${example.file.replaceAll(/\W/g, '-')}-${example.line}.ts`
    return [path, `export {}\n${moduleOf(example, new Map())}\n`] as const
  })
  const runAll = `import { shows } from './claim.ts'
let claims = 0
Object.assign(globalThis, {
  claim: (line: number, actual: unknown, claimed: () => unknown) => {
    claims++
    if (!shows(actual, claimed())) throw new Error(\`line \${line}: \${String(actual)}\`)
  },
})
for (const path of ${JSON.stringify(modules.map(([path]) => `./${path}`))})
  await import(path).catch(error => { throw new Error(path, { cause: error }) })
console.log(\`\${claims} results of ${modules.length} examples\`)
`
  const claim = readFileSync(join(root, 'tooling/checks/src/claim.ts'), 'utf8')
  return new Map([...modules, ['claim.ts', claim], ['examples.ts', runAll]])
}
