import type { Document, ErrorCode, YAMLError } from 'yaml'
import { found } from '../json/found.ts'
import type { Flaw } from '../json/jsonTokens.ts'

/** The first error of a document. Directives that the library does not know are ignored. */
export const flawOf = ({ errors, warnings }: Document.Parsed, text: string): Flaw | undefined => {
  const error = errors[0] ?? warnings.find(({ code }) => code !== directive)
  return error === undefined ? undefined : { at: error.pos[0], reason: reasonOf(error, text) }
}

/** The directives that a document is read without (YAML 1.2.2 §6.8): "ignored with a warning". */
export const ignoredDirectives = ({ warnings }: Document.Parsed, text: string): ReadonlyArray<Flaw> =>
  warnings
    .filter(({ code }) => code === directive)
    .map(({ pos: [inside] }) => {
      const at = text.lastIndexOf('\n', inside) + 1
      const [line = ''] = text.slice(at, at + 80).split(/[\r\n]/, 1)
      return { at, reason: `the directive ${JSON.stringify(line.trim())} is ignored` }
    })

const directive: ErrorCode = 'BAD_DIRECTIVE'

export const repeatedKey = 'a key that is there twice. Rename one'
export const overflowing = 'nested too deeply'

const reasonOf = ({ code, pos: [at, end], message }: YAMLError, text: string): string => {
  if (code === 'TAG_RESOLVE_FAILED')
    return `the tag ${text.slice(at, Math.min(end, at + 80))} stands for no JSON value here. Remove it`
  if (code === 'MISSING_CHAR' || code === 'BAD_INDENT')
    return missing.find(([pattern]) => pattern.test(message))?.[1] ?? reasons[code]
  return code === 'UNEXPECTED_TOKEN' ? `${found(text, at)} ${reasons[code]}` : reasons[code]
}

/** Reasons for what is missing, by the message of the library. */
const missing: ReadonlyArray<readonly [pattern: RegExp, reason: string]> = [
  [/closing .quote/, 'a quote that is never closed. Close it'],
  [/^Flow map/, 'a "{" that is not closed, or whose lines are not indented. Add "}" or spaces'],
  [/^Flow sequence/, 'a "[" that is not closed, or whose lines are not indented. Add "]" or spaces'],
  [/map values/, 'a key without ":". Add a colon, a space and its value'],
  [/Missing space|white ?space/, 'a space is missing. Add one'],
  [/between/, 'a separator is missing. Add a comma'],
  [/directives-end/, 'a directive without a document. Add a line "---" after it'],
  [/ - indicator/, 'an item without "-". Add one'],
]

/** The reason for each class of the library's errors, and its remedy. */
const reasons: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias with an anchor or a tag of its own. Remove that',
  BAD_ALIAS: 'an alias or an anchor without a proper name. Name it, or quote the text',
  BAD_COLLECTION_TYPE: 'a tag of another type than its value. Remove it',
  BAD_DIRECTIVE: 'a directive of the wrong form. Correct or remove it',
  BAD_DQ_ESCAPE: 'no such escape in double quotes. Write \\\\ for a backslash',
  BAD_INDENT: 'indentation that fits no line above. Indent items of one list or object alike',
  BAD_PROP_ORDER: 'an anchor or a tag in front of an indicator. Put it after that',
  BAD_SCALAR_START: 'a text that begins with a reserved character. Quote it',
  BLOCK_AS_IMPLICIT_KEY: 'a ": " or "- " inside a value. Quote the value, or indent it on the next line',
  BLOCK_IN_FLOW: 'an indented list or object inside of brackets. Write it with brackets',
  DUPLICATE_KEY: repeatedKey,
  IMPOSSIBLE: 'no YAML. Correct it',
  KEY_OVER_1024_CHARS: 'a key of more than 1,024 characters. Write "? " in front of it',
  MISSING_CHAR: 'something is missing. Compare it with the line above',
  MULTILINE_IMPLICIT_KEY: 'a key on several lines. Quote it on one line, or write "? " in front of it',
  MULTIPLE_ANCHORS: 'a second anchor of one value. Remove one',
  MULTIPLE_DOCS: 'a second document. Remove it',
  MULTIPLE_TAGS: 'a second tag of one value. Remove one',
  NON_STRING_KEY: 'a key that is not a string. Quote it',
  RESOURCE_EXHAUSTION: overflowing,
  TAB_AS_INDENT: 'a tab in indentation. Use spaces',
  TAG_RESOLVE_FAILED: 'a tag that stands for no JSON value. Remove it',
  UNEXPECTED_TOKEN: 'is not expected here. Indent it with its value, or quote the text',
}
