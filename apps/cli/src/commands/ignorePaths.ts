import { type DecodeError, escapeUnprintable } from '@finetune-kit/codec'
import { JsonPointer } from '@finetune-kit/diff'
import * as Effect from 'effect/Effect'
import { type CliError, cliError } from '../CliError.ts'

/** Makes the second of two values agree with the first in some places; neither is touched. */
export type IgnorePaths = <A>(a: A, b: A) => A

/** `--ignore POINTER…`. */
export const ignorePaths = (pointers: ReadonlyArray<string>): Effect.Effect<IgnorePaths, CliError> =>
  Effect.map(
    Effect.forEach(pointers, pointer => {
      const tokens = JsonPointer.parse(pointer)
      return tokens._tag === 'Right'
        ? Effect.succeed(tokens.right)
        : Effect.fail(
            cliError(
              `--ignore: ${escapeUnprintable(JSON.stringify(pointer))} is not a JSON Pointer${why(tokens.left)}${remedy(pointer)}`,
            ),
          )
    }),
    all =>
      <A>(a: A, b: A) =>
        all.reduce<unknown>((agreed, tokens) => agree(a, agreed, tokens), b) as A,
  )

const why = (error: DecodeError): string => (error._tag === 'Malformed' ? `: ${error.reason}.` : '.')

/** A path as programs and `jq` write it, as a pointer. */
const remedy = (pointer: string): string =>
  /^\.?[\w-]+(?:\.[\w-]+)*$/.test(pointer)
    ? ` Pass --ignore /${pointer.replace(/^\./, '').replaceAll('.', '/')}.`
    : ''

const agree = (a: unknown, b: unknown, [token, ...rest]: JsonPointer.Tokens): unknown => {
  if (token === undefined) return a
  if (!isContainer(a) || !isContainer(b)) return b
  const there = Object.hasOwn(a, token)
  if (!there && !Object.hasOwn(b, token)) return b
  // items stand at other places in another list: only what both have is the same place
  if (Array.isArray(b))
    return Array.isArray(a) && there ? b.map((x, i) => (String(i) === token ? agree(a[i], x, rest) : x)) : b
  const entries = Object.entries(b).filter(([key]) => key !== token)
  if (rest.length === 0) return Object.fromEntries(there ? [...entries, [token, own(a, token)]] : entries)
  return Object.fromEntries(
    [...entries, [token, agree(own(a, token), own(b, token), rest)]].filter(([, v]) => v !== undefined),
  )
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null

const own = (value: object, key: string): unknown =>
  Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
