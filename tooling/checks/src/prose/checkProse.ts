import type { Finding } from '../Finding.ts'
import type { ProseBlock } from './ProseBlock.ts'
import { unusedWords } from './unusedWords.ts'

const maxColumns = 100

/** A use of an unused word that is right, because a quoted text or a name has it. */
export interface ProseException {
  readonly file: string
  readonly word: string
  readonly reason: string
}

/** Violations in the prose of a file; an exception that allows nothing is one, too. */
export const checkProse = (
  file: string,
  blocks: ReadonlyArray<ProseBlock>,
  exceptions: ReadonlyArray<ProseException> = [],
): ReadonlyArray<Finding> => {
  const allowed = new Set(exceptions.filter(each => each.file === file).map(each => each.word))
  const uses = blocks.flatMap(block => unused(file, block))
  const used = new Set(uses.map(({ word }) => word))
  return [
    ...blocks.flatMap(block => [...tooWide(file, block), ...wrongStart(file, block)]),
    ...uses.filter(({ word }) => !allowed.has(word)).map(({ finding }) => finding),
    ...[...allowed]
      .filter(word => !used.has(word))
      .map(word => ({
        file,
        line: 1,
        problem: `the exception for "${word}" is not needed`,
        remedy: 'Remove it from tooling/checks/src/prose/exceptions.ts',
      })),
  ].toSorted((a, b) => a.line - b.line)
}

const tooWide = (file: string, { lines }: ProseBlock): ReadonlyArray<Finding> =>
  lines
    .filter(({ columns }) => columns > maxColumns)
    .map(({ line, columns }) => ({
      file,
      line,
      problem: `${columns} columns of prose`,
      remedy: `Wrap it at ${maxColumns}`,
    }))

const wrongStart = (file: string, { kind, lines: [first] }: ProseBlock): ReadonlyArray<Finding> => {
  const [, start] =
    /^\W*((?:what|who|where)(?:ever)?|how|whether|of|whose|whom|why|which)\b/i.exec(first?.text ?? '') ?? []
  return kind !== 'doc' || first === undefined || start === undefined
    ? []
    : [
        {
          file,
          line: first.line,
          problem: `a doc comment that begins with "${start}"`,
          remedy: 'Begin with the noun or the verb; a boolean with "True if"',
        },
      ]
}

interface Use {
  readonly word: string
  readonly finding: Finding
}

const unused = (file: string, { lines }: ProseBlock): ReadonlyArray<Use> => {
  const text = lines.map(line => line.text).join('\n')
  return unusedWords.flatMap(({ pattern, word, instead }) =>
    [...text.matchAll(pattern)].map(({ 0: match, index }) => ({
      word,
      finding: {
        file,
        line: lines[text.slice(0, index).split('\n').length - 1]?.line ?? 0,
        problem: `"${match
          .replaceAll(/\s+/g, ' ')
          .replace(/^(``|\)) /, '')
          .trim()}" is not used in prose`,
        remedy: `Use ${instead}`,
      },
    })),
  )
}
